extension OpenAPIDocument {
  /// Written by .ci/embed-openapi.
  internal static let part1 = #"""
    openapi: 3.1.0
    info:
      title: Trapline
      version: "1"
      summary: Processing engines that attach at run time, metadata, and the state of the daemon.
      description: |
        On a loopback address or a Unix socket no credential is needed but for /v1/poll; the Host header must then be localhost, 127.0.0.1,
        [::1], the configured address or a configured name. Elsewhere every request but those for /healthz, /readyz and
        /v1/openapi.yaml carries a bearer token, which the configuration may limit to names of engines. Requests with an
        Origin header come from web pages and are refused.

        Every answer that is not a success is application/problem+json (RFC 9457), whose detail says what to do. An unknown
        path is 404, another method than those below 405 with Allow, an unknown or repeated parameter of a query 400. Clients
        pass over members of answers that they do not know. Sizes and durations in JSON are text with units: 64MiB, 250ms.
    servers:
      - url: http://127.0.0.1:1180
        description: The default of the configuration's api element.
    security:
      - {}
      - token: []
    tags:
      - name: engines
      - name: metadata
      - name: daemon
      - name: agents
    paths:
      /healthz:
        get:
          tags: [daemon]
          operationId: health
          summary: Whether the loops turn that traps pass through; where not, the daemon should be restarted.
          description: |
            Engines, metadata, disks and queues have no say: a restart mends none of them. While the daemon starts and stops
            the answer is ok. Whoever should have sent a token and did not is told "no" in place of the reason.
          security: [{}]
          responses:
            "200": {$ref: "#/components/responses/Good"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Bad"}
        head:
          tags: [daemon]
          operationId: healthHead
          summary: As GET, without the line.
          security: [{}]
          responses: &probed
            "200": {description: It is well.}
            "400": {description: The request cannot be meant.}
            "403": {description: A web page asks.}
            "503": {description: It is not.}
      /readyz:
        get:
          tags: [daemon]
          operationId: readiness
          summary: Whether traps that are sent now are received.
          description: |
            From the moment when the listeners are open until the stop begins. An engine or a metadata source that is down
            changes nothing: the traps for it are kept. Whoever should have sent a token and did not is told "no" in place
            of the reason.
          security: [{}]
          responses:
            "200": {$ref: "#/components/responses/Good"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Bad"}
        head:
          tags: [daemon]
          operationId: readinessHead
          summary: As GET, without the line.
          security: [{}]
          responses: *probed
      /metrics:
        get:
          tags: [daemon]
          operationId: metrics
          summary: Everything that the daemon counts, in Prometheus' text format 0.0.4. A token must be an administrator's.
          description: |
            Documentation/Monitoring.md lists the names. All values are of one moment after the request came. One page is
            made at a time; requests that come meanwhile share the next.
          parameters: &ofMetrics
            - name: sources
              in: query
              description: |
                How many of the busiest sources to show one by one. Whoever collects them keeps a time series for each
                source that was ever among them.
              schema: {type: integer, minimum: 0, maximum: 100, default: 0}
          responses:
            "200":
              description: The daemon now.
              headers:
                Content-Type:
                  required: true
                  schema: {const: "text/plain; version=0.0.4; charset=utf-8"}
              content:
                text/plain:
                  schema: {type: string, pattern: "^# HELP trapline_"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Unavailable"}
        head:
          tags: [daemon]
          operationId: metricsHead
          summary: As GET, without the page.
          parameters: *ofMetrics
          responses:
            "200": {description: It is there.}
            "400": {description: The request cannot be meant.}
            "401": {description: "No token, or an unknown one."}
            "403": {description: The token is not for this.}
            "503": {description: Not now.}
      /v1/openapi.yaml:
        get:
          tags: [daemon]
          operationId: document
          summary: This document.
          security: [{}]
          responses:
            "200":
              description: This document.
              content:
                application/yaml:
                  schema: {type: string, pattern: "^openapi: 3\\.1"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "403": {$ref: "#/components/responses/Forbidden"}
      /v1/status:
        get:
          tags: [daemon]
          operationId: status
          summary: The daemon in one object. A token must be an administrator's.
          responses:
            "200":
              description: The daemon now.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Status"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/sources:
        get:
          tags: [daemon]
          operationId: sources
          summary: The sources of traps, in the order in which they were first seen. A token must be an administrator's.
          description: |
            A part of the table: the next one begins after the index that next says. Rows that are there throughout come
            once each, however the table changes meanwhile.
          parameters:
            - name: after
              in: query
              description: Only rows with greater indices.
              schema: {type: integer, minimum: 0, maximum: 4294967295, default: 0}
            - name: limit
              in: query
              description: Rows at most.
              schema: {type: integer, minimum: 1, maximum: 1000, default: 100}
            - name: address
              in: query
              description: Only this source; 404 where no trap of it has come.
              schema: {type: string}
          responses:
            "200":
              description: The rows.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Sources"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "503": {$ref: "#/components/responses/Unavailable"}
      /v1/engines:
        get:
          tags: [engines]
          operationId: engines
          summary: Every processing engine that the caller may see, of the configuration and registered.
          responses:
            "200":
              description: In no particular order.
              content:
                application/json:
                  schema:
                    type: array
                    items: {$ref: "#/components/schemas/Engine"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
      /v1/engines/{name}:
        parameters:
          - {$ref: "#/components/parameters/Name"}
        get:
          tags: [engines]
          operationId: engine
          summary: One processing engine.
          responses:
            "200":
              description: The engine now.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Engine"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
        put:
          tags: [engines]
          operationId: register
          summary: Registers an engine that fetches, or changes its registration.
          description: |
            Traps are kept for it from here on, up to its bound. A repetition of the same registration changes nothing, and
            renews the lease. An empty body registers with the defaults.
          requestBody:
            required: false
            description: At most 128 KiB. An unknown key is refused.
            content:
              application/json:
                schema: {$ref: "#/components/schemas/Registration"}
          responses:
            "200":
              description: It was registered before, and now is as said.
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Engine"}
            "201":
              description: It is new.
              headers:
                Location:
                  required: true
                  schema: {type: string, pattern: "^/v1/engines/"}
              content:
                application/json:
                  schema: {$ref: "#/components/schemas/Engine"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "409": {$ref: "#/components/responses/Conflict"}
            "413": {$ref: "#/components/responses/TooLarge"}
            "429": {$ref: "#/components/responses/TooMany"}
            "503": {$ref: "#/components/responses/Unavailable"}
        delete:
          tags: [engines]
          operationId: unregister
          summary: Ends a registration.
          description: What is queued and in flight is missed[engine-removed] at once; drain the engine first.
          responses:
            "204": {$ref: "#/components/responses/Done"}
            "400": {$ref: "#/components/responses/BadRequest"}
            "401": {$ref: "#/components/responses/Unauthorized"}
            "403": {$ref: "#/components/responses/Forbidden"}
            "404": {$ref: "#/components/responses/NotFound"}
            "409": {$ref: "#/components/responses/Conflict"}
      /v1/engines/{name}/batch:
        parameters:
          - {$ref: "#/components/parameters/Name"}
        get:
          tags: [engines]
          operationId: fetch
          summary: Takes one batch, which is in flight until it is acknowledged.
          description: |
            The oldest batch that has been in flight for longer than ackTimeout goes out first, with the same ID and octets;
            then the oldest new one. Calls renew the lease.
          parameters:
            - name: wait
              in: query
              description: How long to wait for a batch, from 0 to 60s, in ms, s or m.
              schema: {type: string, default: "0", pattern: "^(0|[0-9]{1,9}(ms|s|m))$", examples: [5s, 250ms]}
          responses:
            "200":
              description: A batch.
              headers:
                Trapline-Engine:
                  required: true
                  description: The engine's name.
                  schema: {$ref: "#/components/schemas/Name"}
                Trapline-Batch:
                  required: true
                  description: The batch's ID.
                  schema: {$ref: "#/components/schemas/BatchID"}
                Trapline-Count:
                  required: true
                  description: Traps in the body; 0 where it tells of missed ones alone.
                  schema: {type: integer, minimum: 0}
                Trapline-First-Sequence:
                  required: true
                  schema: {type: integer, minimum: 0, maximum: 9007199254740991}
                Trapline-Last-Sequence:
                  required: true
                  schema: {type: integer, minimum: 0, maximum: 9007199254740991}
                Trapline-Missed:
                  required: false
                  description: One per gap before the first trap. The gaps also stand in the body, first.
                  schema:
                    type: string
                    pattern: "^[0-9]+; first=[0-9]+; last=[0-9]+; from=[^;]+; until=[^;]+; cause=[a-z0-9-]+$"
              content:
                application/x-ndjson:
                  schema: {type: string, description: One JSON object a line, format json.}
                application/vnd.trapline.batch:
                  schema: {type: string, contentEncoding: binary, description: Format raw.}

    """#
}
