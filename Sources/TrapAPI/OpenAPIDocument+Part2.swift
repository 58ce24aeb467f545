extension OpenAPIDocument {
  /// Written by .ci/embed-openapi.
  internal static let part2 = #"""
            "204": {$ref: "#/components/responses/Nothing"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "409": {$ref: "#/components/responses/Conflict"}
            "429": {$ref: "#/components/responses/TooMany"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/engines/{name}/batch/{id}/ack:
        parameters:
          - {$ref: "#/components/parameters/Name"}
          - name: id
            in: path
            required: true
            description: What Trapline-Batch said.
            schema: {$ref: "#/components/schemas/BatchID"}
        post:
          tags: [engines]
          operationId: acknowledge
          summary: Says what became of a batch.
          description: The first acknowledgement counts, however late. A batch that is not the engine's is 404 and counted.
          parameters:
            - name: outcome
              in: query
              description: |
                done: the engine has the traps. retry: the same batch again after a pause. dead: it will never take them; the
                batch is halved until the poisonous traps stand alone, and these become dead letters.
              schema: {type: string, enum: [done, retry, dead], default: done}
          responses:
            "204": {$ref: "#/components/responses/Done"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "409": {$ref: "#/components/responses/Conflict"}
      /v1/engines/{name}/replay:
        parameters:
          - {$ref: "#/components/parameters/Name"}
        post:
          tags: [engines]
          operationId: replay
          summary: Queues dead letters for the engine again. A token must be an administrator's.
          description: A line that cannot be read refuses the whole body, and the answer names it.
          requestBody:
            required: true
            description: Lines of a dead-letter file, at most 16 MiB.
            content:
              application/x-ndjson:
                schema: {type: string}
          responses:
            "200":
              description: How many, from the first line on, the queue has taken.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Replay"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "409": {$ref: "#/components/responses/Conflict"}
            "413": {$ref: "#/components/responses/TooLarge"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/metadata:
        get:
          tags: [metadata]
          operationId: metadata
          summary: Metadata sources, cache and holding areas. A token must be an administrator's.
          responses:
            "200":
              description: The metadata stage now.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Metadata"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/metadata/flush:
        post:
          tags: [metadata]
          operationId: flush
          summary: Forgets what metadata said. A token must be an administrator's.
          parameters:
            - name: source
              in: query
              description: The address of one source; without it, all are forgotten.
              schema: {type: string}
          responses:
            "204": {$ref: "#/components/responses/Done"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/explain:
        get:
          tags: [metadata]
          operationId: explain
          summary: What is known of a source, and where a trap of it goes and why. A token must be an administrator's.
          parameters:
            - name: source
              in: query
              required: true
              description: An address.
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
        Good:
          description: It is well.
          content:
            text/plain:
              schema: {const: "ok\n"}
        Bad:
          description: It is not, and the line says why.
          content:
            text/plain:
              schema: {type: string, pattern: "^[^\n]+\n$"}
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
          description: No such engine, batch of this engine, SNMP engine, source, or path.
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

    """#
}
