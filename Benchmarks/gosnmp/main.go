// The peer: a trap listener on gosnmp, the library under most receivers written in Go.
//
// usage: gosnmp ADDRESS:PORT [FILE]. Counts, or writes one JSON object a trap into FILE through a buffer of 64 KiB. Says
// "ready" on standard error. At SIGTERM prints one JSON object: received, the time (ns since 1970) of the last.
// What else is in the socket then is not read.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/gosnmp/gosnmp"
)

const bufferSize = 64 << 10

type varbind struct {
	OID   string      `json:"oid"`
	Type  string      `json:"type"`
	Value interface{} `json:"value"`
}

type record struct {
	Received  string    `json:"received"`
	Source    string    `json:"source"`
	Port      int       `json:"port"`
	Version   string    `json:"version"`
	Community string    `json:"community"`
	Varbinds  []varbind `json:"varbinds"`
}

// receiver is what the handler and the end share.
type receiver struct {
	sync.Mutex
	received int64
	last     time.Time
	buffer   *bufio.Writer
	encoder  *json.Encoder
}

func (r *receiver) take(packet *gosnmp.SnmpPacket, from *net.UDPAddr) {
	r.Lock()
	defer r.Unlock()
	r.received++
	r.last = time.Now()
	if r.encoder == nil {
		return
	}
	line := record{
		Received: r.last.UTC().Format(time.RFC3339Nano), Source: from.IP.String(), Port: from.Port,
		Version: packet.Version.String(), Community: packet.Community,
		Varbinds: make([]varbind, len(packet.Variables)),
	}
	for i, variable := range packet.Variables {
		value := variable.Value
		if octets, isOctets := value.([]byte); isOctets {
			value = string(octets)
		}
		line.Varbinds[i] = varbind{strings.TrimPrefix(variable.Name, "."), variable.Type.String(), value}
	}
	if err := r.encoder.Encode(&line); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "gosnmp:", err)
	os.Exit(1)
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: gosnmp ADDRESS:PORT [FILE]")
		os.Exit(2)
	}
	taken := &receiver{}
	if len(os.Args) > 2 {
		file, err := os.Create(os.Args[2])
		if err != nil {
			fail(err)
		}
		taken.buffer = bufio.NewWriterSize(file, bufferSize)
		taken.encoder = json.NewEncoder(taken.buffer)
	}
	listener := gosnmp.NewTrapListener()
	listener.Params = &gosnmp.GoSNMP{Version: gosnmp.Version2c, Community: "public"}
	listener.OnNewTrap = taken.take
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		if err := listener.Listen(os.Args[1]); err != nil {
			fail(err)
		}
	}()
	<-listener.Listening()
	fmt.Fprintln(os.Stderr, "ready")
	<-stop
	taken.Lock() // for good: nothing is counted any more
	if taken.buffer != nil {
		if err := taken.buffer.Flush(); err != nil {
			fail(err)
		}
	}
	fmt.Printf("{\"received\":%d,\"last_ns\":%d}\n", taken.received, taken.last.UnixNano())
}
