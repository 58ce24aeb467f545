/// `Documentation/openapi.yaml`, as `GET /v1/openapi.yaml` answers it.
internal enum OpenAPIDocument {
  static let text = ""
}
