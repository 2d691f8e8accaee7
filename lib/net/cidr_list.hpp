// Which addresses may connect.
#pragma once

#include "base/failure.hpp"

#include <sys/socket.h>

#include <array>
#include <span>
#include <string>
#include <vector>

namespace bbstream::net {

// A list of address blocks (RFC 4632, RFC 4291): "104.192.136.0/21", "2401:1d80:3000::/36", or one address.
class cidr_list {
   public:
    // Errors: invalid, naming the entry.
    static result<cidr_list> parse(std::span<std::string const> blocks);

    // An empty list lets everyone in. IPv4 addresses mapped into IPv6 match IPv4 blocks. Peers without an address
    // (local sockets) are let in: their file's permissions guard them.
    bool allows(sockaddr_storage const& peer) const;

   private:
    // IPv4 blocks are held as their IPv6-mapped form, so that there is one comparison.
    using address = std::array<unsigned char, 16>;
    struct block {
        address network{};
        unsigned bits = 0;
        bool contains(address const& candidate) const;
    };
    static result<block> parse_block(std::string const& text);

    std::vector<block> blocks_;
};

}  // namespace bbstream::net
