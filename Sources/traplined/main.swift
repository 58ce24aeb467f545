print("traplined")
