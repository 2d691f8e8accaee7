// The client's end of TLS: whom to trust, and whom a certificate must name.
#pragma once

#include "base/time.hpp"
#include "net/tls_context.hpp"

#include <optional>
#include <string>

namespace bbstream::net {

class tls_client {
   public:
    // Trusts the system's certificates ($SSL_CERT_FILE, $SSL_CERT_DIR) and those of a PEM file beside them, if there is
    // one. Errors: invalid or io, naming the file.
    static result<std::unique_ptr<tls_client>> make(std::string const& ca_file);

    // The client's end of one connection over a socket, which it does not own: TLS 1.2 or 1.3 with a server whose
    // certificate is trusted and names `host`, a name or an address. Null when memory is short.
    tls_connection connect(int fd, std::string const& host) const;

   private:
    explicit tls_client(std::unique_ptr<SSL_CTX, tls_release> context) : context_(std::move(context)) {}

    std::unique_ptr<SSL_CTX, tls_release> context_;
};

// Why the peer's certificate was refused: X509_V_ERR_... of OpenSSL; nothing where it was not.
std::optional<long> certificate_refusal(SSL const* connection);
// The same, for people.
std::string certificate_refusal_text(long refusal);

// When the peer's certificate ends; nothing where there is none.
std::optional<micros> certificate_end(SSL const* connection);

// Makes a client's connection ask for `host`, and refuse a certificate that does not name it.
bool expect_host(SSL* connection, std::string const& host);

}  // namespace bbstream::net
