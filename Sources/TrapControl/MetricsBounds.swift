/// Bounds of `GET /metrics`.
package enum MetricsBounds {
  /// Sources that `?sources=` may ask for at most: each is a time series of its own for whoever collects them.
  package static let sourcesMax = 100
}
