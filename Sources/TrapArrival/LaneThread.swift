internal import CTrapSystem
internal import Glibc

/// A thread of our own with a name, to be joined exactly once.
internal final class LaneThread: Sendable {
  private final class Body: Sendable {
    let name: String
    let run: @Sendable () -> Void

    init(name: String, run: @escaping @Sendable () -> Void) {
      self.name = name
      self.run = run
    }
  }

  private let thread: pthread_t

  /// `name` is cut at 15 octets.
  static func start(name: String, _ run: @escaping @Sendable () -> Void) throws(ArrivalError) -> LaneThread {
    let body = unsafe Unmanaged.passRetained(Body(name: name, run: run))
    var thread = pthread_t()
    let result = unsafe pthread_create(&thread, nil, LaneThread.enter, body.toOpaque())
    guard result == 0 else {
      unsafe body.release()
      throw .system(operation: "pthread_create", address: name, code: result)
    }
    return LaneThread(thread)
  }

  private init(_ thread: pthread_t) { self.thread = thread }

  func join() { pthread_join(thread, nil) }

  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { opaque in
    let body = unsafe Unmanaged<Body>.fromOpaque(opaque!).takeRetainedValue()
    unsafe body.name.withCString { unsafe trap_name_thread($0) }
    body.run()
    return nil
  }
}
