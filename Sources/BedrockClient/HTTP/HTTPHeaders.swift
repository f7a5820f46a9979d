/// Header fields in the order in which they travel. Names compare without regard to ASCII case (RFC 9110, 5.1).
public struct HTTPHeaders: Sendable, Hashable {
  /// One field line.
  public struct Field: Sendable, Hashable {
    /// The name, in the case in which it travels.
    public var name: String
    /// The value, without white space around it.
    public var value: String

    /// A field of this name and value.
    public init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The fields, in order; a name may stand several times.
  public var fields: [Field]

  /// No field.
  public init() { fields = [] }

  /// These fields.
  public init(_ fields: [(String, String)]) { self.fields = fields.map { Field($0.0, $0.1) } }

  /// The first value of that name. Setting it replaces every field of the name; nil removes them.
  public subscript(name: String) -> String? {
    get { fields.first { HTTPHeaders.same($0.name, name) }?.value }
    set {
      fields.removeAll { HTTPHeaders.same($0.name, name) }
      if let newValue { fields.append(Field(name, newValue)) }
    }
  }

  /// Every value of that name, in order.
  public func values(_ name: String) -> [String] {
    fields.filter { HTTPHeaders.same($0.name, name) }.map(\.value)
  }

  /// Adds a field after the others.
  public mutating func append(_ name: String, _ value: String) { fields.append(Field(name, value)) }

  private static func same(_ left: String, _ right: String) -> Bool { ASCII.sameIgnoringCase(left, right) }
}
