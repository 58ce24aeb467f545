/// The schema that this version reads and writes: `Config/inventory.sql`, word for word.
internal enum InventorySchema {
  static let applicationID: Int64 = 0x5452_4953
  static let version: Int64 = 1

  static let text = """
    -- Trapline: the inventory of sources, version 1. `trapline inventory import` creates it; Documentation/Inventory.md tells more.
    --
    -- A reader accepts only a database of this application_id and user_version. Tables and columns that are not named here
    -- are yours: a reader passes them over.
    PRAGMA application_id = 1414678867; -- "TRIS", for file(1)
    PRAGMA user_version = 1;

    -- What many sources share: an ordered list of routes. One without a name belongs to the sources that spelled it out.
    CREATE TABLE programs (
      id   INTEGER PRIMARY KEY,
      name TEXT UNIQUE CHECK (name <> '')
    ) STRICT;

    -- The first route of a program, by position, whose conditions all hold decides where a trap goes. NULL is any.
    CREATE TABLE routes (
      program   INTEGER NOT NULL REFERENCES programs (id) ON DELETE CASCADE,
      position  INTEGER NOT NULL CHECK (position >= 0),
      trap      TEXT CHECK (trap NOT GLOB '*[^0-9.]*' AND trap <> ''),       -- prefix of the trap's OID: 1.3.6.1.6.3.1.1.5
      version   TEXT CHECK (version IN ('1', '2c', '3', '1 2c', '1 3', '2c 3')),
      pdu       TEXT CHECK (pdu IN ('trap', 'inform')),
      community BLOB,                                                        -- octet for octet; a secret
      engines   TEXT NOT NULL,                                               -- names, a space between; '': nowhere
      PRIMARY KEY (program, position)
    ) STRICT, WITHOUT ROWID;

    -- Blocks of addresses. The longest block that a source lies in is the source's. `bits` leads the key: for one source, each
    -- length in use is one point lookup.
    CREATE TABLE sources (
      bits        INTEGER NOT NULL CHECK (bits BETWEEN 0 AND 128),           -- of an IPv4 block: its length + 96
      network     BLOB NOT NULL CHECK (length(network) = 16),                -- octets in network order; IPv4 as ::ffff:a.b.c.d
      prefix      TEXT NOT NULL,                                             -- the same for people: 10.1.0.0/16, 2001:db8::/32
      program     INTEGER REFERENCES programs (id),                          -- NULL only where refused
      credentials TEXT CHECK (credentials <> ''),                            -- names a user of the configuration; never a secret
      level       TEXT CHECK (level IN ('noAuthNoPriv', 'authNoPriv', 'authPriv')),
      ttl         INTEGER CHECK (ttl > 0),                                   -- milliseconds; NULL: as the cache has it
      refused     INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1)),
      PRIMARY KEY (bits, network),
      CHECK (refused = 1 OR program IS NOT NULL)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX sources_program ON sources (program);

    -- What is known of a block, and goes with its traps: site = LHR2.
    CREATE TABLE attributes (
      bits    INTEGER NOT NULL,
      network BLOB NOT NULL,
      name    TEXT NOT NULL CHECK (name <> ''),
      value   TEXT NOT NULL,
      PRIMARY KEY (bits, network, name),
      FOREIGN KEY (bits, network) REFERENCES sources (bits, network) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    """

  /// Throws where the database is not of this application and version.
  static func check(_ connection: SQLiteConnection) throws(InventoryError) {
    guard try connection.integer("PRAGMA application_id") == applicationID else {
      let isEmpty = try connection.integer("SELECT count(*) FROM sqlite_schema") == 0
      throw InventoryError(
        path: connection.path, kind: .otherSchema,
        reason: isEmpty ? "it is an empty database" : "it is another application's database",
        remedy: "create an inventory with 'trapline inventory import FILE.csv --into \(connection.path)'"
          + (isEmpty ? "" : " under another name"))
    }
    let found = try connection.integer("PRAGMA user_version")
    guard found == version else {
      throw InventoryError(
        path: connection.path, kind: .otherSchema,
        reason: "its schema is version \(found), and this is version \(version)",
        remedy: found > version
          ? "update trapline, or import its CSV file with this version of 'trapline inventory import'"
          : "import its CSV file anew into another file, and move that here")
    }
  }
}
