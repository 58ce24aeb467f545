/// Placeholder until the inventory is there.
internal enum Inventory {}
