// SSL_CTX, set up once.
#include "net/tls_context.hpp"

#include "observe/log.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <unistd.h>

#include <utility>

namespace bbstream::net {
namespace {

using context_ptr = std::unique_ptr<SSL_CTX, tls_release>;

// For TLS 1.2; those of 1.3 are all fine. Old Java (Data Center) and every current client have one of these.
constexpr char const* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

// One is enough for a client that keeps connections alive; OpenSSL would send two after each full handshake.
constexpr std::size_t tickets_per_handshake = 1;

constexpr unsigned char session_scope[] = "bbstream";

// The reason of OpenSSL's latest complaint, for people.
std::string reason()
{
    auto const code = ERR_peek_last_error();
    auto const* text = ERR_reason_error_string(code);
    std::string said = text ? text : "unknown reason";
    ERR_clear_error();
    return said;
}

failure unusable(std::string const& what, std::string const& path)
{
    auto const kind = ::access(path.c_str(), R_OK) == 0 ? failure_kind::invalid : failure_kind::io;
    if (kind == failure_kind::io)
        return system_failure(what + " " + path, errno);
    return {kind, what + " " + path + ": " + reason()};
}

// Never asks a terminal: a key with a passphrase is an error.
int no_passphrase(char*, int, int, void*)
{
    return 0;
}

void set_policy(SSL_CTX* context)
{
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA | SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(context,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(context, 1);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_id_context(context, session_scope, sizeof session_scope - 1);
    SSL_CTX_set_num_tickets(context, tickets_per_handshake);
    SSL_CTX_set_default_passwd_cb(context, no_passphrase);
}

void warn_if_expired(SSL_CTX* context, std::string const& path)
{
    auto const* certificate = SSL_CTX_get0_certificate(context);
    if (certificate && X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
        observe::warn("the TLS certificate has expired: Bitbucket will refuse it", {{"file", path}});
}

result<context_ptr> make_context(std::string const& certificate, std::string const& key)
{
    ERR_clear_error();
    context_ptr context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return failure{failure_kind::io, "OpenSSL: " + reason()};
    set_policy(context.get());
    if (SSL_CTX_set_cipher_list(context.get(), ciphers) != 1)
        return failure{failure_kind::io, "OpenSSL has none of the ciphers: " + reason()};
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1)
        return unusable("TLS certificate", certificate);
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1)
        return unusable("TLS key", key);
    if (SSL_CTX_check_private_key(context.get()) != 1)
        return failure{failure_kind::invalid, "TLS key " + key + " does not belong to certificate " + certificate};
    warn_if_expired(context.get(), certificate);
    return context;
}

}  // namespace

void tls_release::operator()(SSL* connection) const
{
    SSL_free(connection);
}

void tls_release::operator()(SSL_CTX* context) const
{
    SSL_CTX_free(context);
}

tls_context::tls_context(std::string certificate, std::string key)
    : certificate_(std::move(certificate)), key_(std::move(key))
{
}

result<std::unique_ptr<tls_context>> tls_context::load(std::string certificate, std::string key)
{
    std::unique_ptr<tls_context> made(new tls_context(std::move(certificate), std::move(key)));
    if (auto const loaded = made->reload(); !loaded)
        return loaded.error();
    return made;
}

result<void> tls_context::reload()
{
    auto made = make_context(certificate_, key_);
    if (!made)
        return made.error();
    std::lock_guard const lock(guard_);
    context_ = std::move(*made);
    return {};
}

tls_connection tls_context::accept(int fd) const
{
    tls_connection connection;
    {
        // SSL_new takes a reference of its own, so a reload may drop the context any time after.
        std::lock_guard const lock(guard_);
        connection.reset(SSL_new(context_.get()));
    }
    if (!connection || SSL_set_fd(connection.get(), fd) != 1)
        return nullptr;
    SSL_set_accept_state(connection.get());
    return connection;
}

}  // namespace bbstream::net
