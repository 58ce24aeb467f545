extension OpenAPIDocument {
  /// Written by .ci/embed-openapi.
  internal static let part4 = #"""
          properties:
            agent:
              type: string
              description: An address, with a port where that is not 161.
              examples: ["192.0.2.7", "192.0.2.7:1161", "[2001:db8::7]:1161"]
            operation: {enum: [get, getnext, getbulk, walk], default: get}
            oids:
              type: array
              minItems: 1
              maxItems: 128
              items: {type: string, pattern: "^[.]?[0-2]([.][0-9]+)+$"}
            nonRepeaters: {type: integer, minimum: 0, default: 0, description: Of getbulk.}
            maxRepetitions: {type: integer, minimum: 1, maximum: 1000, description: "Of getbulk, 10 where absent, and of walk, 25."}
            credentials:
              type: string
              description: By their name in the configuration; without, those that metadata knows of the agent.
            timeout: {$ref: "#/components/schemas/Duration", description: "Of each attempt, 10ms to 60s; the configuration's where absent."}
            retries: {type: integer, minimum: 0, maximum: 10, description: "After the first attempt; the configuration's where absent."}
            limit: {type: integer, minimum: 1, maximum: 1000000, default: 10000, description: Varbinds of a walk.}
        PollAnswers:
          type: object
          required: [answers]
          properties:
            answers:
              type: array
              items: {$ref: "#/components/schemas/PollAnswer"}
        PollAnswer:
          type: object
          required: [agent, status, varbinds]
          properties:
            agent: {type: string}
            status: {enum: [okay, error, timeout]}
            varbinds:
              type: array
              description: With an error or a timeout, what came before it.
              items: {$ref: "#/components/schemas/PollVarbind"}
            error: {type: string, description: "An error-status by its name, or what is wrong and the remedy."}
            errorIndex: {type: integer, minimum: 1, description: The varbind that the error-status is about.}
            truncated: {type: boolean, description: There is more than was asked for or kept.}
        PollVarbind:
          type: object
          required: [oid, type]
          properties:
            oid: {type: string}
            type: {type: string, description: "As in a trap's varbinds; noSuchObject, noSuchInstance and endOfMibView have no value."}
            value: {type: [string, number]}
            hex: {type: string, description: An OctetString that is not printable UTF-8.}
        V3Engine:
          type: object
          required: [engineID, boots, time]
          properties:
            engineID: {type: string}
            boots: {$ref: "#/components/schemas/Count"}
            time: {$ref: "#/components/schemas/Count", description: Seconds.}
            lastHeard: {type: string, format: date-time}
            users: {$ref: "#/components/schemas/Count"}

    """#
}
