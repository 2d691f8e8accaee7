// Reads bbstream's topics once each, in order per repository, and prints a line an event.
//
//   java -cp "kafka-clients.jar:slf4j-api.jar:jackson-databind.jar:..." Consume.java BOOTSTRAP_SERVERS GROUP
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

public class Consume {
    static final List<String> TOPICS =
        Stream.of("repository", "commit", "pullrequest", "build", "issue", "project", "security", "unknown", "system")
            .map(name -> "bitbucket." + name + ".v1")
            .toList();
    static final int REMEMBERED = 100_000;

    /** The newest ids: what comes twice (a replay, or transactions switched off) has the same one. */
    static Set<String> newestIds() {
        return Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > REMEMBERED;
            }
        });
    }

    /** The event; null for a record that holds none, which bbstream does not write, but others may. */
    static JsonNode read(ObjectMapper json, ConsumerRecord<String, String> record) {
        try {
            var event = record.value() == null ? null : json.readTree(record.value());
            if (event != null && event.hasNonNull("id")) {
                return event;
            }
        } catch (JsonProcessingException notJson) {
            // Said below, as of any other record that is no event.
        }
        System.err.println(record.topic() + " [" + record.partition() + "] " + record.offset() + " holds no event");
        return null;
    }

    static void handle(JsonNode event) {
        System.out.println(String.join(" ", event.path("time").asText(), event.path("type").asText(),
            event.path("source").asText(), event.path("subject").asText()));
    }

    public static void main(String[] arguments) throws Exception {
        var properties = new Properties();
        properties.put("bootstrap.servers", arguments[0]);
        properties.put("group.id", arguments[1]);
        properties.put("isolation.level", "read_committed"); // the Java client's default is read_uncommitted
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        var json = new ObjectMapper();
        var seen = newestIds();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(TOPICS);
            while (true) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(1))) {
                    var event = read(json, record);
                    if (event != null && seen.add(event.path("id").asText())) {
                        handle(event);
                    }
                }
                consumer.commitSync(); // only what was handled
            }
        }
    }
}
