/// Why a request brought no values. The description names what to do about it.
package enum SNMPClientError: Error, Equatable, CustomStringConvertible {
  case unknownObject(String)
  case tooManyObjects(Int)
  case badAddress(address: String, reason: String)
  case noAnswer(address: String, milliseconds: Int, attempts: Int)
  case failed(address: String, reason: String)

  package var description: String {
    switch self {
    case .unknownObject(let name):
      "\(name): neither an object identifier nor an object of TRAPLINE-MIB; see Config/mibs/TRAPLINE-MIB.txt"
    case .tooManyObjects(let count): "\(count) objects in one request; ask for 1 to \(SNMPClient.objectsMax)"
    case .badAddress(let address, let reason): "\(address): \(reason); write udp:HOST:PORT or udp6:[HOST]:PORT"
    case .noAnswer(let address, let milliseconds, let attempts):
      "\(address): no answer to \(attempts) requests of \(milliseconds) ms each; is the daemon's <agent> "
        + "on that address, and is the community right? (An agent does not answer a wrong one.)"
    case .failed(let address, let reason): "\(address): \(reason)"
    }
  }
}
