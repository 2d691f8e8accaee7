// The program's malloc is jemalloc: batches and librdkafka's buffers of a megabyte come and go with each transaction,
// often freed by another thread than took them, and glibc's malloc gives their pages back to the kernel each time. From
// a journal to Kafka jemalloc is a quarter faster.
extern "C" {
// Read by jemalloc as it starts (jemalloc(3), TUNING). What has been free for a second goes back to the kernel by a
// thread of its own: transactions follow each other faster, and a daemon with nothing to do keeps nothing of a burst.
extern char const* malloc_conf;
char const* malloc_conf = "background_thread:true,narenas:4,dirty_decay_ms:1000";
}
