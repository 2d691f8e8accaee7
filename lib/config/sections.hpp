// The sections of a configuration file, each from its table.
#pragma once

#include "config/config.hpp"
#include "config/table_reader.hpp"

namespace bbstream::config {

void read_ingest(table_reader in, ingest& to);
void read_journal(table_reader in, journal& to);
void read_state(table_reader in, state& to);
void read_sink(table_reader in, sink& to);
void read_events(table_reader in, events& to);
void read_privacy(table_reader in, privacy& to);
// `required`: the sink publishes there.
void read_kafka(table_reader in, bool required, kafka& to);
void read_backfill(table_reader in, backfill& to);
void read_admin(table_reader in, admin& to);
void read_log(table_reader in, log& to);

void read_instance(table_reader in, instance& to);

}  // namespace bbstream::config
