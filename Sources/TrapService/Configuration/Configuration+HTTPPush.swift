extension Configuration {
  /// `<http>` in `<engines>`: batches are pushed there.
  package struct HTTPPush: Equatable, Sendable {
    package var target: HTTPTarget
    package var style = RecordStyle()

    package init(target: HTTPTarget) { self.target = target }
  }
}
