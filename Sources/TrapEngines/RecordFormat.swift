/// How an adapter writes traps and gaps.
package enum RecordFormat: String, Sendable {
  case json, raw
}
