/// The schema that this version reads and writes: `Config/inventory.sql`, word for word.
internal enum InventorySchema {
  static let applicationID: Int64 = 0x5452_4953
  static let version: Int64 = 2
  /// Those that a reader takes. One of version 1 has no `credentials` and no `engines`.
  static let readable: ClosedRange<Int64> = 1...2

  static let text = sources + "\n\n" + security

  private static let sources = """
    -- Trapline: the inventory of sources, version 2. `trapline inventory import` creates it; Documentation/Inventory.md tells more.
    --
    -- A reader accepts only a database of this application_id and of user_version 2, or 1, which has no credentials and no
    -- engines. Tables and columns that are not named here are yours: a reader passes them over.
    PRAGMA application_id = 1414678867; -- "TRIS", for file(1)
    PRAGMA user_version = 2;

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
      credentials TEXT CHECK (credentials <> ''),                            -- a name in credentials, else in the configuration
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

  /// What version 2 adds.
  static let security = """
    -- What sources name: a user, with whose keys SNMPv3 messages are verified and agents polled, or a community to poll with.
    CREATE TABLE credentials (
      name               TEXT PRIMARY KEY CHECK (name <> ''),
      user               TEXT CHECK (length(CAST(user AS BLOB)) BETWEEN 1 AND 32),   -- msgUserName; NULL for a community
      engine_id          BLOB CHECK (length(engine_id) BETWEEN 5 AND 32),            -- the one that it is for; NULL: any
      auth               TEXT CHECK (auth IN ('MD5', 'SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512')),
      auth_secret        BLOB,                                                       -- passphrase or key; a secret
      priv               TEXT CHECK (priv IN ('DES', 'AES-128', 'AES-192', 'AES-256', 'AES-192-C', 'AES-256-C')),
      priv_secret        BLOB,                                                       -- passphrase or key; a secret
      form               TEXT NOT NULL DEFAULT 'passphrase' CHECK (form IN ('passphrase', 'master', 'localized')),
      minimum_level      TEXT CHECK (minimum_level IN ('noAuthNoPriv', 'authNoPriv', 'authPriv')),
      checks_time_window INTEGER NOT NULL DEFAULT 1 CHECK (checks_time_window IN (0, 1)),
      community          BLOB CHECK (length(community) BETWEEN 1 AND 255),           -- a secret
      version            TEXT CHECK (version IN ('1', '2c')),                        -- of a community; NULL: 2c
      CHECK ((user IS NULL) <> (community IS NULL)),
      CHECK ((auth IS NULL) = (auth_secret IS NULL) AND (priv IS NULL) = (priv_secret IS NULL)),
      CHECK (priv IS NULL OR auth IS NOT NULL),
      CHECK (form <> 'localized' OR engine_id IS NOT NULL)
    ) STRICT, WITHOUT ROWID;

    -- Which device an SNMPv3 engine is. Believed of messages that were verified.
    CREATE TABLE engines (
      engine_id BLOB PRIMARY KEY CHECK (length(engine_id) BETWEEN 5 AND 32),
      agent     TEXT NOT NULL CHECK (agent <> '')                                    -- its address: 10.1.2.3, 2001:db8::17
    ) STRICT, WITHOUT ROWID;
    """

  /// Throws where the database is not of this application and a version that can be read; else the version.
  @discardableResult
  static func check(_ connection: SQLiteConnection) throws(InventoryError) -> Int64 {
    guard try connection.integer("PRAGMA application_id") == applicationID else {
      let isEmpty = try connection.integer("SELECT count(*) FROM sqlite_schema") == 0
      throw InventoryError(
        path: connection.path, kind: .otherSchema,
        reason: isEmpty ? "it is an empty database" : "it is another application's database",
        remedy: "create an inventory with 'trapline inventory import FILE.csv --into \(connection.path)'"
          + (isEmpty ? "" : " under another name"))
    }
    let found = try connection.integer("PRAGMA user_version")
    guard readable.contains(found) else {
      throw InventoryError(
        path: connection.path, kind: .otherSchema,
        reason: "its schema is version \(found), and this is version \(version)",
        remedy: found > version
          ? "update trapline, or import its CSV file with this version of 'trapline inventory import'"
          : "import its CSV file anew into another file, and move that here")
    }
    return found
  }

  /// Whether any row holds a community, a passphrase or a key.
  static func hasSecrets(_ connection: SQLiteConnection) throws(InventoryError) -> Bool {
    if try connection.integer("SELECT EXISTS (SELECT 1 FROM routes WHERE community IS NOT NULL)") != 0 { return true }
    guard try check(connection) > 1 else { return false }
    return try connection.integer(
      "SELECT EXISTS (SELECT 1 FROM credentials WHERE auth_secret IS NOT NULL OR community IS NOT NULL)") != 0
  }

  /// Within a transaction: brings a database of version 1 to this one. Its own tables stay as they are.
  static func upgrade(_ connection: SQLiteConnection) throws(InventoryError) {
    guard try check(connection) < version else { return }
    try connection.execute(security + "\nPRAGMA user_version = \(version);")
  }
}
