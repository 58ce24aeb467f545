/// An element of an array that an `AddressIndex` finds by the source's address.
package protocol SourceKeyed {
  var source: SourceAddress { get }
}
