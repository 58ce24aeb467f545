extension OpenAPIDocument {
  /// Written by .ci/embed-openapi.
  internal static let part3 = #"""
                maxBytes: {$ref: "#/components/schemas/Size"}
            queue:
              type: object
              additionalProperties: false
              properties:
                limit: {$ref: "#/components/schemas/Size"}
                reserve: {$ref: "#/components/schemas/Size"}
            ackTimeout: {$ref: "#/components/schemas/Duration", default: 30s}
            lease: {$ref: "#/components/schemas/Duration", default: 60s}
            persist:
              type: boolean
              default: false
              description: Survives the end of its lease and a restart of the daemon, until DELETE.
        Size: {type: string, examples: [64MiB]}
        Duration: {type: string, examples: [250ms]}
        Count: {type: integer, minimum: 0}
        Engine:
          type: object
          required:
            [name, kind, origin, state, backlog, pace, routed, delivered, missed, culled, replayed, retries, batches, failures]
          properties:
            name: {$ref: "#/components/schemas/Name"}
            kind: {enum: [file, program, discard, http, pull, forward]}
            origin: {enum: [configuration, registration]}
            state: {type: string, description: "idle, collecting, delivering, waiting-retry, draining."}
            registration: {$ref: "#/components/schemas/Registration", description: With every default filled in.}
            leaseSeconds: {type: number}
            backlog:
              type: object
              required: [queued, queuedOctets, inFlight, inFlightOctets, batchesInFlight, acknowledgedBefore]
              properties:
                queued: {$ref: "#/components/schemas/Count"}
                queuedOctets: {$ref: "#/components/schemas/Count"}
                inFlight: {$ref: "#/components/schemas/Count"}
                inFlightOctets: {$ref: "#/components/schemas/Count"}
                batchesInFlight: {$ref: "#/components/schemas/Count"}
                acknowledgedBefore: {$ref: "#/components/schemas/Count"}
                oldestSeconds: {type: number, minimum: 0}
            pace:
              type: object
              required: [acknowledged]
              properties:
                limit: {type: number, minimum: 0, description: Traps a second let through; absent while nothing throttles.}
                acknowledged: {type: number, minimum: 0, description: Traps a second acknowledged of late.}
            routed: {$ref: "#/components/schemas/Count"}
            delivered: {$ref: "#/components/schemas/Count"}
            missed:
              type: object
              description: By cause.
              additionalProperties: {$ref: "#/components/schemas/Count"}
            culled: {$ref: "#/components/schemas/Count"}
            replayed: {$ref: "#/components/schemas/Count"}
            retries: {$ref: "#/components/schemas/Count"}
            batches: {$ref: "#/components/schemas/Count"}
            failures: {$ref: "#/components/schemas/Count"}
            lastError: {type: string}
            lastAcknowledged: {type: string, format: date-time}
        Replay:
          type: object
          required: [replayed, isFull]
          properties:
            replayed: {$ref: "#/components/schemas/Count"}
            isFull: {type: boolean, description: Lines after the replayed ones were not looked at; send them again later.}
        Status:
          type: object
          required:
            [version, name, boots, upSeconds, ledger, engines, metadata, memoryUsed, memoryLimit, listeners, causes, queues,
             thresholds, thresholdCount, buffer, busiest, sourceCount]
          properties:
            version: {type: string}
            name: {type: string}
            boots: {$ref: "#/components/schemas/Count"}
            upSeconds: {type: number, minimum: 0}
            ledger: {type: string, description: The whole ledger in one line.}
            engines:
              type: array
              items: {$ref: "#/components/schemas/Engine"}
            metadata: {$ref: "#/components/schemas/Metadata"}
            forgotten: {$ref: "#/components/schemas/Forgotten"}
            memoryUsed: {$ref: "#/components/schemas/Count"}
            memoryLimit: {$ref: "#/components/schemas/Count"}
            listeners:
              type: array
              items: {$ref: "#/components/schemas/Listener"}
            causes:
              type: object
              description: What was not delivered, over all listeners and engines.
              required: [refused, unrouted, missed]
              properties:
                refused: {$ref: "#/components/schemas/ByCause"}
                unrouted: {$ref: "#/components/schemas/ByCause"}
                missed: {$ref: "#/components/schemas/ByCause"}
            queues:
              type: array
              items: {$ref: "#/components/schemas/Queue"}
            thresholds:
              type: array
              maxItems: 1000
              description: Raised ones first, the graver before.
              items: {$ref: "#/components/schemas/Threshold"}
            thresholdCount: {$ref: "#/components/schemas/Count"}
            buffer:
              type: object
              description: The interprocess buffer, from the path of the traps to the agent's tables.
              required:
                [commands, octets, boundOctets, oldestSeconds, drains, applied, coalesced, dropped, lastDrainSeconds,
                 longestDrainSeconds]
              properties:
                commands: {$ref: "#/components/schemas/Count"}
                octets: {$ref: "#/components/schemas/Count"}
                boundOctets: {$ref: "#/components/schemas/Count"}
                oldestSeconds: {type: number, minimum: 0}
                drains: {$ref: "#/components/schemas/Count"}
                applied: {$ref: "#/components/schemas/Count"}
                coalesced: {$ref: "#/components/schemas/Count"}
                dropped: {$ref: "#/components/schemas/Count"}
                lastDrainSeconds: {type: number, minimum: 0}
                longestDrainSeconds: {type: number, minimum: 0}
            busiest:
              type: array
              maxItems: 10
              description: The sources that sent most of late, the busiest first.
              items: {$ref: "#/components/schemas/Source"}
            sourceCount: {$ref: "#/components/schemas/Count"}
        ByCause:
          type: object
          description: By cause, those with a count.
          additionalProperties: {$ref: "#/components/schemas/Count"}
        Listener:
          type: object
          required: [name, arrived, accepted, answered, refused]
          properties:
            name: {type: string}
            arrived: {$ref: "#/components/schemas/Count"}
            accepted: {$ref: "#/components/schemas/Count"}
            answered: {$ref: "#/components/schemas/Count"}
            refused: {$ref: "#/components/schemas/ByCause"}
        Queue:
          type: object
          description: A bounded place where traps or what belongs to them are kept.
          required: [name, octets, peakOctets, boundOctets]
          properties:
            name: {type: string, examples: [batch queue]}
            octets: {$ref: "#/components/schemas/Count"}
            peakOctets: {$ref: "#/components/schemas/Count"}
            boundOctets: {$ref: "#/components/schemas/Count"}
            traps: {$ref: "#/components/schemas/Count", description: "Entries, in a cache; absent where they are not counted."}
            refused: {$ref: "#/components/schemas/Count", description: Traps that found no room.}
        Threshold:
          type: object
          required:
            [index, gauge, item, unit, statistic, kind, severity, isRaised, value, raiseValue, raises, clears]
          properties:
            index: {type: integer, minimum: 1}
            gauge: {type: string, examples: [engine.lag.bytes]}
            item: {type: string, description: "Which engine, listener, metadata source or thread; empty for the sum."}
            unit: {type: string, examples: [bytes]}
            statistic: {type: string, examples: [absolute]}
            kind: {type: string, examples: [above-with-cancel]}
            severity: {enum: [major, minor]}
            isRaised: {type: boolean}
            value: {type: integer}
            raiseValue: {type: integer}
            clearValue: {type: integer, description: Absent where it is never cleared.}
            raises: {$ref: "#/components/schemas/Count"}
            clears: {$ref: "#/components/schemas/Count"}
            lastChange: {type: string, format: date-time}
        Source:
          type: object
          required: [index, address, firstSeen, lastSeen, arrived, refused, rate]
          properties:
            index: {type: integer, minimum: 1, description: Never used again in a run.}
            address: {type: string}
            firstSeen: {type: string, format: date-time}
            lastSeen: {type: string, format: date-time}
            arrived: {$ref: "#/components/schemas/Count"}
            refused: {$ref: "#/components/schemas/Count"}
            lastTrap: {type: string, pattern: "^[0-9.]+$", description: An OID.}
            rate: {$ref: "#/components/schemas/Count", description: Traps a second of late.}
        Sources:
          type: object
          required: [sources, count, forgotten]
          properties:
            sources:
              type: array
              items: {$ref: "#/components/schemas/Source"}
            next: {type: integer, minimum: 1, description: The after of the next part; absent in the last one.}
            count: {$ref: "#/components/schemas/Count", description: Rows of the whole table.}
            forgotten: {$ref: "#/components/schemas/Count", description: Rows that made room for newer sources.}
        Forgotten:
          type: object
          description: What stood at its bound and so was forgotten before its time; see SNMPv3.md.
          required: [messages, clocks, informs, keys]
          properties:
            messages: {$ref: "#/components/schemas/Count"}
            clocks: {$ref: "#/components/schemas/Count"}
            informs: {$ref: "#/components/schemas/Count"}
            keys: {$ref: "#/components/schemas/Count"}
        Metadata:
          type: object
          required: [sources, cache, holding]
          properties:
            sources:
              type: array
              items:
                type: object
                required: [name, kind, circuit, outstanding, asked, keysAsked, failures]
                properties:
                  name: {type: string}
                  kind: {enum: [rules, sqlite, http]}
                  circuit: {enum: [closed, open, half-open]}
                  probeSeconds: {type: number}
                  outstanding: {$ref: "#/components/schemas/Count"}
                  asked: {$ref: "#/components/schemas/Count"}
                  keysAsked: {$ref: "#/components/schemas/Count"}
                  failures: {$ref: "#/components/schemas/Count"}
                  lastError: {type: string}
            cache:
              type: object
              required: [entries, octets, hits, misses, stale, evictions]
              properties:
                entries: {$ref: "#/components/schemas/Count"}
                octets: {$ref: "#/components/schemas/Count"}
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

    """#
}
