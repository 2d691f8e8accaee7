#include "kafka/error.hpp"

namespace bbstream::kafka {

namespace {

failure explain_as(fate which, std::string_view what, std::string_view detail)
{
    std::string message(what);
    message.append(": ").append(detail).append(" (").append(fate_name(which)).append(")");
    if (which == fate::fenced)
        message += "; is a second daemon running under this node's name?";
    return {which == fate::forbidden ? failure_kind::permanent : failure_kind::unavailable, std::move(message)};
}

}  // namespace

fate fate_of(rd_kafka_resp_err_t code)
{
    switch (code) {
        case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE:
        case RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE:
        case RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE:
        case RD_KAFKA_RESP_ERR_INVALID_RECORD:
        case RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP:
            return fate::refused;

        case RD_KAFKA_RESP_ERR__FENCED:
        case RD_KAFKA_RESP_ERR_PRODUCER_FENCED:
        case RD_KAFKA_RESP_ERR_INVALID_PRODUCER_EPOCH:
            return fate::fenced;

        case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_TRANSACTIONAL_ID_AUTHORIZATION_FAILED:
        case RD_KAFKA_RESP_ERR_POLICY_VIOLATION:
        case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
        case RD_KAFKA_RESP_ERR_INVALID_PARTITIONS:
        case RD_KAFKA_RESP_ERR_INVALID_CONFIG:
        case RD_KAFKA_RESP_ERR_INVALID_TRANSACTION_TIMEOUT:
        case RD_KAFKA_RESP_ERR_UNSUPPORTED_VERSION:
        case RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE:
            return fate::forbidden;

        case RD_KAFKA_RESP_ERR__FATAL:
        case RD_KAFKA_RESP_ERR__GAPLESS_GUARANTEE:
        case RD_KAFKA_RESP_ERR__INCONSISTENT:
        case RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER:
        case RD_KAFKA_RESP_ERR_UNKNOWN_PRODUCER_ID:
            return fate::fatal;

        default:
            return fate::retriable;
    }
}

fate fate_of(rd_kafka_error_t const* error)
{
    auto const by_code = fate_of(rd_kafka_error_code(error));
    if (by_code != fate::retriable)
        return by_code;
    if (rd_kafka_error_is_fatal(error))
        return fate::fatal;
    return rd_kafka_error_txn_requires_abort(error) ? fate::abortable : fate::retriable;
}

std::string_view fate_name(fate which)
{
    switch (which) {
        case fate::retriable:
            return "retriable";
        case fate::abortable:
            return "abortable";
        case fate::fenced:
            return "fenced";
        case fate::fatal:
            return "fatal";
        case fate::forbidden:
            return "forbidden";
        case fate::refused:
            return "refused";
    }
    return "unknown";
}

failure explain(std::string_view what, rd_kafka_resp_err_t code, std::string_view detail)
{
    return explain_as(fate_of(code), what, detail.empty() ? rd_kafka_err2str(code) : detail);
}

failure explain(std::string_view what, rd_kafka_error_t const* error)
{
    return explain_as(fate_of(error), what, rd_kafka_error_string(error));
}

}  // namespace bbstream::kafka
