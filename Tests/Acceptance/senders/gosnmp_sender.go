// Sends one notification with Debian's gosnmp, as Telegraf, Datadog and others would:
// gosnmp_sender -host H -port P -version 1|2c|3 [-inform] [-auth NAME] [-priv NAME] [-engine HEX] -text VALUE
package main

import (
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/gosnmp/gosnmp"
)

var authentications = map[string]gosnmp.SnmpV3AuthProtocol{
	"": gosnmp.NoAuth, "MD5": gosnmp.MD5, "SHA-1": gosnmp.SHA, "SHA-224": gosnmp.SHA224, "SHA-256": gosnmp.SHA256,
	"SHA-384": gosnmp.SHA384, "SHA-512": gosnmp.SHA512,
}

var privacies = map[string]gosnmp.SnmpV3PrivProtocol{
	"": gosnmp.NoPriv, "DES": gosnmp.DES, "AES-128": gosnmp.AES, "AES-192": gosnmp.AES192, "AES-256": gosnmp.AES256,
	"AES-192-C": gosnmp.AES192C, "AES-256-C": gosnmp.AES256C,
}

func main() {
	host := flag.String("host", "127.0.0.1", "")
	port := flag.Uint("port", 162, "")
	transport := flag.String("transport", "udp", "udp or tcp")
	version := flag.String("version", "2c", "")
	inform := flag.Bool("inform", false, "")
	user := flag.String("user", "noc", "")
	auth := flag.String("auth", "", "")
	authSecret := flag.String("auth-secret", "authentication", "")
	priv := flag.String("priv", "", "")
	privSecret := flag.String("priv-secret", "private enough", "")
	engine := flag.String("engine", "8000000001020306", "")
	text := flag.String("text", "", "")
	flag.Parse()

	client := &gosnmp.GoSNMP{Target: *host, Port: uint16(*port), Transport: *transport, Community: "public",
		Timeout: 10 * time.Second, Retries: 1, MaxOids: gosnmp.MaxOids}
	switch *version {
	case "1":
		client.Version = gosnmp.Version1
	case "2c":
		client.Version = gosnmp.Version2c
	case "3":
		client.Version = gosnmp.Version3
		client.SecurityModel = gosnmp.UserSecurityModel
		client.MsgFlags = gosnmp.NoAuthNoPriv
		if *auth != "" {
			client.MsgFlags = gosnmp.AuthNoPriv
		}
		if *priv != "" {
			client.MsgFlags = gosnmp.AuthPriv
		}
		parameters := &gosnmp.UsmSecurityParameters{UserName: *user, AuthenticationProtocol: authentications[*auth],
			AuthenticationPassphrase: *authSecret, PrivacyProtocol: privacies[*priv], PrivacyPassphrase: *privSecret}
		if !*inform {
			id, err := hex.DecodeString(*engine)
			stop(err)
			parameters.AuthoritativeEngineID = string(id)
			parameters.AuthoritativeEngineBoots = 1
			// A clock that goes on, from one run of this program to the next.
			parameters.AuthoritativeEngineTime = uint32(time.Now().Unix() & 0x7fffffff)
		}
		client.SecurityParameters = parameters
	}
	stop(client.Connect())
	defer client.Conn.Close()
	trap := gosnmp.SnmpTrap{IsInform: *inform}
	value := gosnmp.SnmpPDU{Name: ".1.3.6.1.2.1.1.5.0", Type: gosnmp.OctetString, Value: *text}
	if *version == "1" {
		trap.Enterprise, trap.AgentAddress, trap.GenericTrap, trap.SpecificTrap = ".1.3.6.1.4.1.9.9", "192.0.2.9", 6, 42
		trap.Timestamp = 100
		trap.Variables = []gosnmp.SnmpPDU{value}
	} else {
		trap.Variables = []gosnmp.SnmpPDU{
			{Name: ".1.3.6.1.2.1.1.3.0", Type: gosnmp.TimeTicks, Value: uint32(100)},
			{Name: ".1.3.6.1.6.3.1.1.4.1.0", Type: gosnmp.ObjectIdentifier, Value: ".1.3.6.1.6.3.1.1.5.3"}, value}
	}
	answer, err := client.SendTrap(trap)
	stop(err)
	if *inform && (answer == nil || answer.Error != gosnmp.NoError || answer.PDUType != gosnmp.GetResponse) {
		stop(fmt.Errorf("no response to the inform: %+v", answer))
	}
}

func stop(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
