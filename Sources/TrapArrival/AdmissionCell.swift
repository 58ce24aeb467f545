internal import Synchronization

/// A listener's admission, which a reload replaces while the lanes run. A lane looks once per read.
internal final class AdmissionCell: Sendable {
  private let state: Mutex<Admission>

  init(_ admission: Admission) { state = Mutex(admission) }

  var current: Admission { state.withLock { $0 } }

  func replace(with admission: Admission) { state.withLock { $0 = admission } }
}
