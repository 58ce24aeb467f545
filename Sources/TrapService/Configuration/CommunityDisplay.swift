/// `community` of an engine that writes JSON.
enum CommunityDisplay: String, CaseIterable {
  case omit
  case include
}
