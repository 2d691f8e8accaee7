// Reads bbstream's topics once each, in order per repository, and prints a line an event.
//
//	go mod init consume && go mod tidy && go run . BOOTSTRAP_SERVERS GROUP
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"

	"github.com/twmb/franz-go/pkg/kgo"
)

var topics = []string{
	"bitbucket.repository.v1", "bitbucket.commit.v1", "bitbucket.pullrequest.v1", "bitbucket.build.v1",
	"bitbucket.issue.v1", "bitbucket.project.v1", "bitbucket.security.v1", "bitbucket.unknown.v1",
	"bitbucket.system.v1",
}

const remembered = 100_000

// seen holds the newest ids: what comes twice (a replay, or transactions switched off) has the same one.
type seen struct {
	ids   map[string]struct{}
	order []string
}

// add tells whether the id is new.
func (s *seen) add(id string) bool {
	if _, known := s.ids[id]; known {
		return false
	}
	s.ids[id] = struct{}{}
	s.order = append(s.order, id)
	if len(s.order) > remembered {
		delete(s.ids, s.order[0])
		s.order = s.order[1:]
	}
	return true
}

type event struct {
	ID, Type, Source, Subject, Time string
	Data                            json.RawMessage
}

// read gives the event, and false for a record that holds none, which bbstream does not write, but others may.
func read(record *kgo.Record) (event, bool) {
	var e event
	if err := json.Unmarshal(record.Value, &e); err != nil || e.ID == "" {
		log.Printf("%s [%d] %d holds no event", record.Topic, record.Partition, record.Offset)
		return e, false
	}
	return e, true
}

func handle(e event) {
	fmt.Println(e.Time, e.Type, e.Source, e.Subject)
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: consume BOOTSTRAP_SERVERS GROUP")
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(strings.Split(os.Args[1], ",")...),
		kgo.ConsumerGroup(os.Args[2]),
		kgo.ConsumeTopics(topics...),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
	)
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	known := seen{ids: map[string]struct{}{}}
	for ctx.Err() == nil {
		fetches := client.PollFetches(ctx)
		fetches.EachError(func(topic string, partition int32, err error) {
			if ctx.Err() == nil {
				log.Printf("%s [%d]: %v", topic, partition, err)
			}
		})
		fetches.EachRecord(func(record *kgo.Record) {
			if e, whole := read(record); whole && known.add(e.ID) {
				handle(e)
			}
		})
		if err := client.CommitUncommittedOffsets(ctx); err != nil && ctx.Err() == nil { // only what was handled
			log.Fatal(err)
		}
	}
}
