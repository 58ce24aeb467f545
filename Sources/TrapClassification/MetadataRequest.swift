/// One question to a source of metadata, after all keys that missed together.
package struct MetadataRequest: Sendable {
  /// Unique in its classifier; the holding area of these keys' traps has the same. An answer names it.
  package let id: UInt64
  /// 1 for the first asking; asked again under the same ID.
  package let attempt: Int
  /// Never empty, each key once; when asked again, only those not yet answered.
  package let keys: [MetadataKey]
}
