/// Gives the statistics as they are now. Whoever builds it reads the kernel's drop counts first, so that every view is
/// up to date; it is called from any thread, and must not wait for any stage.
package typealias SnapshotSource = @Sendable () -> StatisticsSnapshot
