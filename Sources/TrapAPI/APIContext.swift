internal import Hummingbird
internal import NIOCore

/// What the server knows of the connection of a request.
internal struct APIContext: InitializableFromSource {
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    channel = source.channel
  }
}
