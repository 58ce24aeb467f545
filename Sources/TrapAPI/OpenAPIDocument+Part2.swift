extension OpenAPIDocument {
  /// Written by .ci/embed-openapi.
  internal static let part2 = #"""
              schema: {type: string}
            - name: trap
              in: query
              description: The trap's SNMPv2 OID; without it, any trap.
              schema: {type: string, pattern: "^[0-9.]+$"}
            - name: listener
              in: query
              description: A listener's name; without it, every listener.
              schema: {type: string}
            - name: version
              in: query
              schema: {type: string, enum: ["1", "2c", "3"], default: "2c"}
          responses:
            "200":
              description: One entry per listener and, for SNMPv3, engine ID and user.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Explanation"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/poll:
        post:
          tags: [agents]
          operationId: poll
          summary: Asks agents by SNMP, with credentials that the caller does not see. Always needs a token; any will do.
          description: |
            A token that is limited to engines names no credentials: it asks with those that metadata knows of the agent.
            Documentation/Polling.md has examples. The answers come in the order of the requests, when the last one has
            come. An agent that does not answer is no failure of the call: its answer says so. A call whose client has gone
            sends no more.
          security:
            - token: []
          requestBody:
            required: true
            content:
              application/json:
                schema: {$ref: "#/components/schemas/Poll"}
          responses:
            "200":
              description: One answer for each request.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/PollAnswers"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "413": {$ref: "#/components/responses/TooLarge"}
            "429": {$ref: "#/components/responses/TooMany"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/v3/engines:
        get:
          tags: [agents]
          operationId: listV3Engines
          summary: The SNMPv3 engines that have sent an authenticated message. A token must be an administrator's.
          responses:
            "200":
              description: In the order of their IDs.
              content:
                application/json:
                  schema:
                    type: array
                    items: {$ref: "#/components/schemas/V3Engine"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/v3/engines/{engineID}:
        delete:
          tags: [agents]
          operationId: forgetV3Engine
          summary: Forgets an engine's boots and time, so that its next message is its first. A token must be an administrator's.
          parameters:
            - name: engineID
              in: path
              required: true
              description: 5 to 32 octets in hexadecimal, with or without 0x.
              schema: {type: string, pattern: "^(0x)?([0-9A-Fa-f]{2}){5,32}$"}
          responses:
            "204": {$ref: "#/components/responses/Done"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "503": {$ref: "#/components/responses/Unavailable"}
    components:
      securitySchemes:
        token: {type: http, scheme: bearer}
      parameters:
        Name:
          name: name
          in: path
          required: true
          description: The engine's name.
          schema: {$ref: "#/components/schemas/Name"}
      responses:
        Done: {description: Done.}
        Nothing: {description: Nothing came.}
        BadRequest:
          description: The request cannot be meant; detail names the place.
          content: &problem
            application/problem+json:
              schema: {$ref: "#/components/schemas/Problem"}
        Unauthorized:
          description: No token, or an unknown one.
          headers:
            WWW-Authenticate:
              required: true
              schema: {type: string, pattern: "^Bearer"}
          content: *problem
        Forbidden:
          description: The token is not for this; or a web page asks, by its Origin or another machine's Host.
          content: *problem
        NotFound:
          description: No such engine, batch of this engine, SNMP engine, or path.
          content: *problem
        Conflict:
          description: The engine is one of the configuration, or does not fetch its batches.
          content: *problem
        TooLarge:
          description: The body is too long.
          content: *problem
        TooMany:
          description: There are too many already.
          headers: &later
            Retry-After:
              required: true
              schema: {type: integer, minimum: 0}
          content: *problem
        Unavailable:
          description: Not now.
          headers: *later
          content: *problem
      schemas:
        Name: {type: string, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"}
        BatchID: {type: string, pattern: "^[0-9]{1,20}-[0-9]{1,20}$"}
        Problem:
          type: object
          required: [type, title, status, detail]
          properties:
            type: {const: "about:blank"}
            title: {type: string, minLength: 1}
            status: {type: integer, minimum: 400, maximum: 599}
            detail: {type: string, minLength: 1}
        Selection:
          type: object
          description: All keys that are given must match, any value of a key does. An empty object matches every trap.
          additionalProperties: false
          properties:
            source: {type: array, items: {type: string}, description: "CIDR blocks: 10.0.0.0/8."}
            trap: {type: array, items: {type: string}, description: "OIDs that the trap's begins with: 1.3.6.1.6.3."}
            version: {type: array, items: {enum: ["1", "2c", "3"]}}
            listener: {type: array, items: {type: string}}
            pdu: {type: array, items: {enum: [trap, inform]}}
        Registration:
          type: object
          additionalProperties: false
          properties:
            start:
              description: For a new registration; default now.
              oneOf:
                - enum: [now, oldest]
                - {type: integer, minimum: 0, description: "A sequence number; one that is not reached yet is as now."}
            format: {enum: [json, raw], default: json}
            subscribe:
              description: Traps that it gets beside those that metadata names it for. Left out, all; empty, none.
              type: array
              items: {$ref: "#/components/schemas/Selection"}
            filter:
              description: Traps that it does not get, whoever named or subscribed them.
              type: array
              items: {$ref: "#/components/schemas/Selection"}
            batch:
              type: object
              additionalProperties: false
              properties:
                size: {type: integer, minimum: 1, description: Traps.}
                maxBytes: {$ref: "#/components/schemas/Size"}
                maxWait: {$ref: "#/components/schemas/Duration"}
            throttle:
              type: object
              description: Credits.
              additionalProperties: false
              properties:
                outstanding: {type: integer, minimum: 1, description: Batches.}
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
            kind: {enum: [file, program, discard, http, pull]}
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
          required: [version, name, boots, upSeconds, ledger, engines, metadata, memoryUsed, memoryLimit]
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

    """#
}
