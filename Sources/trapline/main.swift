print("trapline")
