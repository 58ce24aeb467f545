extension OpenAPIDocument {
  /// Written by .ci/embed-openapi.
  internal static let part3 = #"""
                hits: {$ref: "#/components/schemas/Count"}
                misses: {$ref: "#/components/schemas/Count"}
                stale: {$ref: "#/components/schemas/Count"}
                evictions: {$ref: "#/components/schemas/Count"}
            holding:
              type: object
              required: [traps, octets, keys]
              properties:
                traps: {$ref: "#/components/schemas/Count"}
                octets: {$ref: "#/components/schemas/Count"}
                keys: {$ref: "#/components/schemas/Count"}
        Explanation:
          type: object
          required: [question, entries]
          properties:
            question:
              type: object
              required: [source]
              properties:
                source: {type: string}
                trap: {type: string}
                listener: {type: string}
                version: {enum: ["1", "2c", "3"]}
            entries:
              type: array
              items: {$ref: "#/components/schemas/ExplanationEntry"}
        ExplanationEntry:
          type: object
          required: [listener, metadata, state, isUndecided, heldTraps, routes, engines, attributes, because]
          properties:
            listener: {type: string}
            metadata: {type: string}
            engineID: {type: string, description: In hexadecimal.}
            user: {type: string}
            state: {enum: [fresh, stale, refused, unanswered, asking, unknown]}
            isUndecided:
              type: boolean
              description: Metadata has said nothing of the key yet. The engines are then those that subscribe to the trap.
            expiresSeconds: {type: number}
            heldTraps: {$ref: "#/components/schemas/Count"}
            requestID: {type: string}
            routes:
              type: array
              items: {$ref: "#/components/schemas/Route"}
            credentials: {type: string}
            level: {type: string}
            decidedBy: {$ref: "#/components/schemas/Count", description: Index into routes.}
            engines:
              type: array
              items: {type: string}
              description: Those that get the trap in the end. One that is named and not registered stands in because alone.
            attributes: {type: object, additionalProperties: {type: string}}
            because: {type: array, items: {type: string}, description: "The reasons, in the order they were found."}
        Route:
          type: object
          required: [version, pdu, hasCommunity, engines, attributes]
          properties:
            trap: {type: string}
            version: {type: array, items: {type: string}}
            pdu: {type: array, items: {type: string}}
            hasCommunity: {type: boolean}
            engines: {type: array, items: {type: string}}
            attributes: {type: object, additionalProperties: {type: string}}
        Poll:
          type: object
          required: [requests]
          additionalProperties: false
          properties:
            requests:
              type: array
              minItems: 1
              maxItems: 1000
              items: {$ref: "#/components/schemas/PollRequest"}
        PollRequest:
          type: object
          required: [agent, oids]
          additionalProperties: false
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
