internal import TrapLedger
internal import TrapObservation

extension Configuration {
  func print(_ monitor: Monitor, _ writer: inout MarkupWriter) {
    writer.element("monitor", [("defaults", monitor.defaults.rawValue)]) { writer in
      if monitor.gauges.isEmpty { writer.comment("no <gauge>: nothing is watched") }
      for manager in monitor.managers { print(manager, &writer) }
      for program in monitor.programs { print(program, &writer) }
      for gauge in monitor.gauges { print(gauge, &writer) }
    }
  }

  private func print(_ manager: Manager, _ writer: inout MarkupWriter) {
    let informs = manager.pdu == .inform
    writer.empty(
      "manager",
      [
        ("name", manager.name), ("address", "\(manager.address)"), ("version", manager.version.rawValue),
        ("pdu", manager.pdu.rawValue), ("community", manager.community?.reference), ("user", manager.user),
        ("level", manager.level?.rawValue), ("timeout", informs ? manager.timeout.durationText : nil),
        ("retries", informs ? "\(manager.retries)" : nil),
      ])
  }

  private func print(_ program: MonitorProgram, _ writer: inout MarkupWriter) {
    writer.element("program", [("name", program.name), ("timeout", program.timeout.durationText)]) { writer in
      for word in program.command { writer.text("argument", word) }
    }
  }

  private func print(_ gauge: MonitorGauge, _ writer: inout MarkupWriter) {
    let item: String? =
      switch gauge.item {
      case .total: nil
      case .each: "*"
      case .named(let name): name
      }
    writer.element("gauge", [("name", gauge.name.rawValue), ("item", item)]) { writer in
      for statistic in gauge.statistics { print(statistic, gauge.name.unit, &writer) }
    }
  }

  private func print(_ statistic: MonitorStatistic, _ unit: GaugeName.Unit, _ writer: inout MarkupWriter) {
    let attributes: [MarkupWriter.Attribute] = [
      ("type", statistic.kind.rawValue), ("period", statistic.period?.durationText),
      ("drain", statistic.drain.map { unit.written($0) + "/s" }), ("capacity", statistic.capacity.map(unit.written)),
    ]
    writer.element("statistic", attributes) { writer in
      for threshold in statistic.thresholds { print(threshold, unit, &writer) }
    }
  }

  private func print(_ threshold: MonitorThreshold, _ unit: GaugeName.Unit, _ writer: inout MarkupWriter) {
    func text(_ value: MonitorThreshold.Value) -> String {
      switch value {
      case .absolute(let amount): unit.written(amount)
      case .percent(let percent): "\(percent)%"
      }
    }
    writer.empty(
      "threshold",
      [
        ("type", threshold.kind.rawValue), ("value", text(threshold.value)), ("clear", threshold.clear.map(text)),
        ("severity", threshold.severity.rawValue), ("hold", threshold.hold.durationText),
        ("min-interval", threshold.minimumInterval.durationText), ("startup", threshold.startup.rawValue),
        ("action", threshold.actions.joined(separator: " ")),
      ])
  }
}
