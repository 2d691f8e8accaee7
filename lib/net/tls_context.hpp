// The server's certificate, key and TLS policy, replaceable while connections live.
#pragma once

#include "base/failure.hpp"

#include <openssl/types.h>

#include <memory>
#include <mutex>
#include <string>

namespace bbstream::net {

struct tls_release {
    void operator()(SSL* connection) const;
    void operator()(SSL_CTX* context) const;
};
using tls_connection = std::unique_ptr<SSL, tls_release>;

// TLS 1.2 and 1.3 only, forward-secret AEAD ciphers, no compression, no renegotiation, no early data. Reconnecting
// clients resume by session tickets, which cost the server no memory; their keys live as long as the loaded context.
class tls_context {
   public:
    // PEM files: the certificate with its chain, and its key without a passphrase.
    // Errors: invalid or io, naming the file: unreadable, no PEM, a key of another certificate. An expired certificate
    // is only warned of: refusing to start would lose more than serving it.
    static result<std::unique_ptr<tls_context>> load(std::string certificate, std::string key);

    // Reads both files again. On an error the former pair stays in use. Any thread.
    result<void> reload();

    // The server's end of one connection over a non-blocking socket, which it does not own. Null when memory is short.
    // Any thread.
    tls_connection accept(int fd) const;

   private:
    tls_context(std::string certificate, std::string key);

    std::string const certificate_;
    std::string const key_;
    mutable std::mutex guard_;
    std::unique_ptr<SSL_CTX, tls_release> context_;
};

}  // namespace bbstream::net
