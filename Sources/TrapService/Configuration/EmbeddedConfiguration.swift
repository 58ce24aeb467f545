/// The configuration that runs where no file is given.
package enum EmbeddedConfiguration {
  /// `Config/trapline.xml`, to the byte; a test compares them.
  package static let xml = #"""
    <?xml version="1.0" encoding="UTF-8"?>
    <!--
      Trapline as it is shipped: every trap that reaches UDP port 1162 becomes one line of JSON on standard output.
      It needs no rights that an ordinary user lacks. Without a configuration file, traplined behaves exactly like this.

      The daemon's check option reports every mistake of a file, each with its line; its print-config option shows the
      file with every default filled in, and how its memory adds up.

      Sizes carry a unit (B, KiB, MiB, GiB), and so do durations (us, ms, s, m, h).
    -->
    <trapline xmlns="urn:trapline:daemon:1">

      <daemon name="trapline">
        <!-- Everything that can grow stays below this together: queues, held traps, caches. -->
        <memory limit="512MiB"/>

        <!-- The ledger and what else survives a restart go to $STATE_DIRECTORY, else to $XDG_STATE_HOME/trapline,
             else to ~/.local/state/trapline. To fix the place: <state directory="/var/lib/trapline"/> -->

        <!-- Answers for TRAPLINE-MIB: snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.162 -->
        <agent mode="standalone" address="udp:127.0.0.1:1161"/>

        <!-- HTTP, for programs on this machine: processing engines that register themselves, status, metrics. -->
        <api address="127.0.0.1:1180"/>

        <!-- A stop waits this long for the processing engines; what is then still queued is counted, not forgotten. -->
        <stop drain="10s"/>
      </daemon>

      <!-- Users of SNMPv3, each with the name and the protocols that its devices have. Without one, SNMPv3 is refused and
           counted as unknown-user. To add the first, write its two passphrases of 8 octets or more into files of mode 640,
           and in place of the element below:
           <security>
             <user name="noc" auth="SHA-256" auth-secret="file:/etc/trapline/noc.auth"
                   priv="AES-128" priv-secret="file:/etc/trapline/noc.priv"/>
           </security> -->
      <security/>

      <listeners>
        <!-- [::] hears IPv6 and IPv4. Port 162 needs a privilege; this one doesn't.
             accept="all" takes every community. To take only some, leave it out and list them:
             <community secret="file:/etc/trapline/noc.community"/> -->
        <listener name="main" address="udp:[::]:1162" metadata="routes" accept="all"/>
      </listeners>

      <metadata>
        <!-- Who gets what. The first route that matches a trap decides, and <default> takes the rest. For example:
             <route source="10.1.0.0/16" trap="1.3.6.1.6.3.1.1.5" engines="alarms archive">
               <attribute name="site" value="LHR2"/>
             </route> -->
        <rules name="routes">
          <default engines="archive"/>
        </rules>
      </metadata>

      <engines>
        <!-- path="-" is standard output. A batch goes out at 500 traps, or 200 ms after its first one. -->
        <file name="archive" path="-" format="json">
          <batch size="500" max-wait="200ms"/>
        </file>
      </engines>

      <!-- What is watched. Thresholds ship switched on: memory (80 %, 95 %), an engine's lag (50 %, 90 % of its queue), traps
           that the kernel dropped, a metadata source that is down, dead letters. They are logged; print-config shows them.
           To have a manager told of them too, by SNMP notifications:
           <manager name="nms" address="udp:192.0.2.1:162" community="file:/etc/trapline/nms.community"/>
           And to watch more, or a gauge otherwise:
           <gauge name="engine.lag.bytes" item="archive">
             <statistic type="absolute">
               <threshold type="above-with-cancel" value="64MiB" clear="48MiB" severity="major" action="log notify"/>
             </statistic>
           </gauge> -->
      <monitor defaults="on"/>

    </trapline>

    """#
}
