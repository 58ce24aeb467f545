/// The version of the daemon and its tool, which are built and shipped together.
package enum ProductVersion {
  package static let text = "0.1.0"
}
