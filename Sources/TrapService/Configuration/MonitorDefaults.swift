internal import TrapBatching

/// The thresholds that ship switched on.
package enum MonitorDefaults {
  /// As they would be written. Shown to the user by `--print-config`, and word for word in trapline.xml(5).
  package static let xml = """
    <monitor defaults="off" xmlns="urn:trapline:daemon:1">
      <gauge name="memory.bytes">
        <statistic type="absolute">
          <threshold type="above-with-cancel" value="80%" clear="75%" severity="minor" action="log notify"/>
          <threshold type="above-with-cancel" value="95%" clear="90%" severity="major" action="log notify"/>
        </statistic>
      </gauge>
      <gauge name="engine.lag.bytes" item="*">
        <statistic type="absolute">
          <threshold type="above-with-cancel" value="50%" clear="40%" severity="minor" action="log notify"/>
          <threshold type="above-with-cancel" value="90%" clear="75%" severity="major" action="log notify"/>
        </statistic>
      </gauge>
      <gauge name="listener.kernel-drops" item="*">
        <statistic type="rate" period="1m">
          <threshold type="above-with-cancel" value="1" severity="major" action="log notify"/>
        </statistic>
      </gauge>
      <gauge name="metadata.down" item="*">
        <statistic type="absolute">
          <threshold type="above-with-cancel" value="1" severity="major" hold="5s" action="log notify"/>
        </statistic>
      </gauge>
      <gauge name="engine.dead-letters" item="*">
        <statistic type="rate" period="1m">
          <threshold type="above-with-cancel" value="1" severity="minor" action="log notify"/>
        </statistic>
      </gauge>
    </monitor>
    """

  static let gauges: [Configuration.MonitorGauge] = read()

  /// Without the check that somebody is there to notify: where nobody is, the reader drops that word.
  private static func read() -> [Configuration.MonitorGauge] {
    let collector = IssueCollector(file: "(shipped thresholds)")
    let nobody = Configuration.ListenAddress(host: .unspecified, isIPv6: true, port: 0)
    var monitor = Configuration.Monitor()
    monitor.managers = [Configuration.Manager(name: "", address: nobody)]
    let root: MarkupElement
    do throws(MarkupError) {
      root = try MarkupDocument.parse(Array(xml.utf8))
    } catch {
      preconditionFailure("the shipped thresholds are no XML: \(error.message)")
    }
    let reader = ConfigurationReader(collector: collector, surroundings: .process, directory: ".")
    let gauges = reader.readGauges(root.children("gauge"), monitor)
    precondition(collector.issues.isEmpty, "a shipped threshold: \(collector.issues.map(\.description))")
    return gauges
  }
}
