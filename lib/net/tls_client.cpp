#include "net/tls_client.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>

namespace bbstream::net {
namespace {

bool is_address(std::string const& host)
{
    std::array<unsigned char, 16> ignored{};
    return ::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

std::string reason()
{
    auto const* const text = ERR_reason_error_string(ERR_peek_last_error());
    std::string said = text ? text : "unknown reason";
    ERR_clear_error();
    return said;
}

}  // namespace

result<std::unique_ptr<tls_client>> tls_client::make(std::string const& ca_file)
{
    ERR_clear_error();
    std::unique_ptr<SSL_CTX, tls_release> context(SSL_CTX_new(TLS_client_method()));
    if (!context)
        return failure{failure_kind::io, "OpenSSL: " + reason()};
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_default_verify_paths(context.get());
    if (!ca_file.empty() && ::access(ca_file.c_str(), R_OK) != 0)
        return system_failure(ca_file, errno);
    if (!ca_file.empty() && SSL_CTX_load_verify_file(context.get(), ca_file.c_str()) != 1)
        return failure{failure_kind::invalid, ca_file + ": no PEM certificates: " + reason()};
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return std::unique_ptr<tls_client>(new tls_client(std::move(context)));
}

tls_connection tls_client::connect(int fd, std::string const& host) const
{
    tls_connection connection(SSL_new(context_.get()));
    if (!connection || !expect_host(connection.get(), host) || SSL_set_fd(connection.get(), fd) != 1)
        return nullptr;
    SSL_set_connect_state(connection.get());
    return connection;
}

std::optional<long> certificate_refusal(SSL const* connection)
{
    auto const verified = SSL_get_verify_result(connection);
    return verified == X509_V_OK ? std::nullopt : std::optional(verified);
}

std::string certificate_refusal_text(long refusal)
{
    return X509_verify_cert_error_string(refusal);
}

std::optional<micros> certificate_end(SSL const* connection)
{
    auto const* const certificate = SSL_get0_peer_certificate(connection);
    std::tm end{};
    if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1)
        return std::nullopt;
    return static_cast<micros>(::timegm(&end)) * 1'000'000;
}

bool expect_host(SSL* connection, std::string const& host)
{
    if (is_address(host))
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), host.c_str()) == 1;
    // The macro SSL_set_tlsext_host_name, without its cast.
    auto* const name = const_cast<char*>(host.c_str());
    return SSL_ctrl(connection, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name) == 1 &&
           SSL_set1_host(connection, name) == 1;
}

}  // namespace bbstream::net
