internal import Glibc

/// One POSIX thread, joined once.
@safe internal final class ClassificationThread: Sendable {
  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let handle: pthread_t

  init(_ run: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let body = unsafe Unmanaged.passRetained(Body(run))
    let result = unsafe pthread_create(
      &handle, nil,
      { argument in
        let body = unsafe Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
        body.run()
        return nil
      }, unsafe body.toOpaque())
    precondition(result == 0, "no thread for the classification: \(result)")
    self.handle = handle
  }

  func join() { _ = pthread_join(handle, nil) }
}
