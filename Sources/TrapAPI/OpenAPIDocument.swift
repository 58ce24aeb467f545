/// `Documentation/openapi.yaml`, as `GET /v1/openapi.yaml` answers it. Written by .ci/embed-openapi.
internal enum OpenAPIDocument {
  static let text = part1 + part2 + part3 + part4
}
