internal import Hummingbird
internal import TrapControl

/// One request that has passed every check that needs no control plane.
internal struct APICall {
  let request: Request
  let query: APIQuery
  let caller: ControlCaller
  let context: APIContext
  /// Nobody knows who asks: only where no token is needed.
  var isStranger = false
}
