extension Configuration {
  /// One child of `<engines>`: a processing engine, and how it is served.
  package struct Engine: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
      case file(File)
      case program(Program)
      case discard
      case http(HTTPPush)
      case pull(Pull)
      case forward(Forward)
    }

    /// `<throttle>`: what may be handed over and not yet be acknowledged.
    package struct Throttle: Equatable, Sendable {
      package var outstanding = 1
      package var octets = 8 << 20
      /// Traps a second; nil: as fast as it takes them.
      package var rate: Int?

      package init() {}
    }

    /// `<queue>`: octets of the event queue routed to this engine.
    package struct Queue: Equatable, Sendable {
      /// The engine's own bound; nil: derived.
      package var limit: Int?
      /// Below this the engine loses nothing to the others; nil: derived.
      package var reserve: Int?
      /// How long the engine, once removed from the configuration, goes on taking what is queued.
      package var drain: UInt64 = 30_000_000_000

      package init() {}
    }

    /// `<retry>`: a batch that was not taken goes out again after `initial`, twice that, … and at most `max`.
    package struct Retry: Equatable, Sendable {
      /// Times a batch may be refused whole before it is halved.
      package var attempts = 1
      package var initial: UInt64 = 250_000_000
      package var max: UInt64 = 30_000_000_000

      package init() {}
    }

    package var name: String
    package var kind: Kind
    package var batch = Batch(traps: 500, octets: 1 << 20, maxWait: 200_000_000)
    package var throttle = Throttle()
    package var queue = Queue()
    package var retry = Retry()
    /// `<subscribe>`: traps that it gets though metadata did not name it for them; nil: none.
    package var subscribe: [Selection]?
    /// `<filter>`: traps that match any of these are left out, whoever named or subscribed them.
    package var filter: [Selection] = []

    package init(name: String, kind: Kind) {
      self.name = name
      self.kind = kind
    }
  }
}
