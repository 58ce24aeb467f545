/// What is known of one engine's clock, outside of the process that heard it: for views and for the next start.
package struct EngineTimeRecord: Sendable, Equatable {
  package let engineID: [UInt8]
  package let boots: Int32
  /// snmpEngineTime when the record was made, our notion of it: seconds.
  package let time: Int32
  /// The highest engine time received: seconds.
  package let latest: Int32
  /// When the record was made: nanoseconds since 1970.
  package let made: Int64

  package init(engineID: [UInt8], boots: Int32, time: Int32, latest: Int32, made: Int64) {
    self.engineID = engineID
    self.boots = boots
    self.time = time
    self.latest = latest
    self.made = made
  }
}
