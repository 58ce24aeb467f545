internal import NIOCore
internal import Synchronization

/// Tells long polls when their client has gone, so that no batch is lent to nobody.
internal final class ConnectionWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = NIOAny
  typealias InboundOut = NIOAny

  private struct State {
    var isGone = false
    var action: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Calls `action` when the client closes, at once where it has. A connection has one request at a time.
  func whenGone(_ action: @escaping @Sendable () -> Void) {
    let isGone = state.withLock { state in
      state.action = action
      return state.isGone
    }
    if isGone { action() }
  }

  func forget() { state.withLock { $0.action = nil } }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent { gone() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    gone()
    context.fireChannelInactive()
  }

  private func gone() {
    let action = state.withLock { state in
      state.isGone = true
      return state.action
    }
    action?()
  }
}
