/// How grave it is that a threshold is reached. In the order of X.731's perceived severities that Trapline uses.
package enum ThresholdSeverity: String, Sendable, CaseIterable { case major, minor }
