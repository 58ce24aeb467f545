import Testing

@testable import TrapService

@Suite("Descriptors for connections")
struct DescriptorLimitTests {
  @Test("connections that the process has no descriptors for are told of, with the number that is needed")
  func complaint() throws {
    #expect(DescriptorLimit.complaint(connections: 3840, limit: 4096) == nil)
    #expect(DescriptorLimit.complaint(connections: 65_536, limit: -1) == nil)
    let complaint = try #require(DescriptorLimit.complaint(connections: 3841, limit: 4096))
    #expect(complaint.contains("3841") && complaint.contains("LimitNOFILE= of the service to 4097"))
  }

  @Test("without connections nobody is bothered, however few descriptors there are")
  func none() {
    #expect(DescriptorLimit.complaint(connections: 0, limit: 64) == nil)
  }
}
