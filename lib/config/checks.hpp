// What single texts of the configuration must look like.
#pragma once

#include <string_view>

namespace bbstream::config {

// Each gives nothing for a right text, else what is wrong with it, to follow the text in a sentence:
// "is not host:port, unix:/path or systemd".
using text_check = std::string_view (*)(std::string_view text);

std::string_view any_text(std::string_view text);
std::string_view not_empty(std::string_view text);

std::string_view node_name(std::string_view text);
std::string_view instance_name(std::string_view text);  // part of every event id
std::string_view webhook_path(std::string_view text);
std::string_view topic_prefix(std::string_view text);  // leaves room for ".pullrequest.v1" in Kafka's 249
std::string_view event_key(std::string_view text);

std::string_view listen_address(std::string_view text);  // host:port | unix:/path | systemd
std::string_view host_and_port(std::string_view text);
std::string_view address_block(std::string_view text);  // CIDR, RFC 4632

// https, or http to loopback; no credentials in it (they would end up in messages), no fragment.
std::string_view web_address(std::string_view text);
// As web_address, but http to anywhere: what passes is a tunnel, and TLS within.
std::string_view proxy_address(std::string_view text);

// "credential:NAME", "file:PATH" or "env:NAME".
bool is_secret_reference(std::string_view text);

}  // namespace bbstream::config
