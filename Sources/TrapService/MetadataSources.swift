internal import Logging
internal import TrapBatching
internal import TrapClassification
internal import TrapEngines
internal import TrapHTTP
internal import TrapLedger

/// The metadata sources of one configuration, opened, and which of them serves which listener.
///
/// A service that does not answer, or an inventory that is not there, is no reason not to start: traps wait for it, or go
/// where the configuration says.
internal struct MetadataSources: Sendable {
  struct Entry: Sendable {
    let settings: Configuration.MetadataSource
    let source: any MetadataSource
    /// Ends its thread and what it is asking.
    let stop: @Sendable () -> Void
  }

  let assignment: MetadataAssignment
  /// Where traps go whose key nobody answers for; nil: nowhere.
  let unanswered: RouteSetHandle?
  private let entries: [Entry]

  /// - Parameters:
  ///   - former: what runs already; a source that did not change stays as it is, with its connections.
  ///   - changed: called from a source's own thread when all that it said may be wrong now.
  init(
    _ configuration: Configuration, routeSets: RouteSetTable, former: MetadataSources? = nil,
    changed: @escaping @Sendable () -> Void, log: Logger
  ) throws(StartFailure) {
    var entries: [Entry] = []
    let listeners = configuration.listeners.map(\.name)
    do throws(StartFailure) {
      for source in configuration.metadata.sources {
        if let same = former?.entries.first(where: { $0.settings == source }) {
          entries.append(same)
        } else {
          entries.append(
            try Self.open(source, listeners: listeners, routeSets: routeSets, changed: changed, log: log))
        }
      }
    } catch {
      for entry in entries where former?.has(entry) != true { entry.stop() }
      throw error
    }
    assignment = MetadataAssignment(
      sources: entries.map(\.source),
      // The configuration was checked: every listener names a source that exists.
      listeners: configuration.listeners.map { listener in
        configuration.metadata.sources.firstIndex { $0.name == listener.metadata } ?? 0
      })
    unanswered = configuration.metadata.unanswered.map {
      routeSets.handle(of: RouteSet(engines: $0.engines, attributes: $0.attributes))
    }
    self.entries = entries
  }

  private func has(_ entry: Entry) -> Bool { entries.contains { $0.source === entry.source } }

  /// Lets thresholds be set on how long the turns of the sources' threads take.
  func show(on board: GaugeBoard) {
    for entry in entries { for beat in entry.source.beats { board.adopt(beat.time) } }
  }

  /// Takes back what `show` did, but for those that `kept` has too.
  func hide(from board: GaugeBoard, except kept: MetadataSources) {
    for entry in entries where !kept.has(entry) { for beat in entry.source.beats { board.dismiss(beat.time) } }
  }

  /// Ends all sources but those that `kept` has too.
  func stop(except kept: MetadataSources? = nil) {
    for entry in entries where kept?.has(entry) != true { entry.stop() }
  }

  private static func open(
    _ source: Configuration.MetadataSource, listeners: [String], routeSets: RouteSetTable,
    changed: @escaping @Sendable () -> Void, log: Logger
  ) throws(StartFailure) -> Entry {
    switch source {
    case .rules(let rules):
      return Entry(settings: source, source: RulesFactory.source(of: rules, routeSets: routeSets), stop: {})
    case .http(let service):
      let http = try open(service, listeners: listeners, routeSets: routeSets, log: log)
      return Entry(settings: source, source: http, stop: { http.stop() })
    case .sqlite(let inventory):
      let sqlite = try open(inventory, routeSets: routeSets, changed: changed, log: log)
      return Entry(settings: source, source: sqlite, stop: { sqlite.stop() })
    }
  }

  private static func open(
    _ service: Configuration.MetadataService, listeners: [String], routeSets: RouteSetTable, log: Logger
  ) throws(StartFailure) -> HTTPMetadata {
    var settings = HTTPMetadataSettings(name: service.name, url: service.target.url.text)
    settings.headers = service.target.headers.map { ($0.name, $0.value) }
    settings.token = service.target.token.map { String(decoding: $0.octets, as: UTF8.self) }
    settings.timeout = service.target.timeout
    settings.connectTimeout = service.target.connectTimeout
    settings.responseMax = service.responseMax
    settings.tls = HTTPClientTLS(service.target)
    do throws(HTTPClientError) {
      return try HTTPMetadata.open(settings, listeners: listeners, routeSets: routeSets, log: log)
    } catch {
      throw StartFailure(error)
    }
  }

  private static func open(
    _ inventory: Configuration.Inventory, routeSets: RouteSetTable, changed: @escaping @Sendable () -> Void,
    log: Logger
  ) throws(StartFailure) -> SQLiteMetadata {
    do throws(StageThreadError) {
      let settings = SQLiteMetadataSettings(name: inventory.name, path: inventory.path)
      return try SQLiteMetadata.start(settings, routeSets: routeSets, log: log, onChange: changed)
    } catch {
      throw StartFailure(error)
    }
  }
}
