/// Where everything stands in the ledger file. All cells are 64 bits in the machine's byte order.
///
/// ```
///      0  header: magic, format, boots, state, started (ns), closed (ns), process ID
///   4096  gauges            64 cells
///   4608  classification   128 cells: accepted-side terms and Σ unrouted by cause
///   5632  64 listeners:  name (64 octets) + 96 cells
///  ...    256 engines:   name (64 octets) + 96 cells
/// ```
internal enum LedgerLayout {
  static let magic: UInt64 = 0x5452_4150_4c45_4447  // "TRAPLEDG"
  static let format: UInt64 = 1

  static let headerMagic = 0
  static let headerFormat = 1
  static let headerBoots = 2
  static let headerState = 3
  static let headerStarted = 4
  static let headerClosed = 5
  static let headerProcess = 6
  static let headerCells = 8

  static let gaugesOffset = 4096
  static let gaugeCells = 64
  static let classificationOffset = gaugesOffset + gaugeCells * 8
  static let classificationCells = 128
  static let listenersOffset = classificationOffset + classificationCells * 8
  static let nameOctets = 64
  static let slotCells = 96
  static let slotOctets = nameOctets + slotCells * 8
  static let listenerSlots = 64
  static let enginesOffset = listenersOffset + listenerSlots * slotOctets
  static let engineSlots = 256
  static let byteCount = enginesOffset + engineSlots * slotOctets

  static let stateOpen: UInt64 = 1
  static let stateClosed: UInt64 = 2
}
