internal import TrapClassification
internal import TrapControl
internal import TrapSecurity

extension ForgottenView {
  init(_ statistics: ClassificationStatistics) {
    self.init()
    messages = statistics.verification.repeatOverflows
    clocks = statistics.verification.engineEvictions
    informs = statistics.informs.evictions
    keys = statistics.verification.keyEvictions
  }
}
