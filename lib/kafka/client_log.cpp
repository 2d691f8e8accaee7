#include "kafka/client_log.hpp"

#include "observe/log.hpp"

#include <algorithm>
#include <utility>

namespace bbstream::kafka {

namespace {

constexpr int syslog_warning = 4;
constexpr std::size_t line_bytes_max = 1'000;
constexpr std::string_view hidden = "***";

// "CONFWARN": a property of consumers in the producer, and the other way round; both share the user's properties.
// "ERROR": says again what another line has said.
bool is_noise(std::string_view facility)
{
    return facility == "CONFWARN" || facility == "ERROR";
}

}  // namespace

void client_log::begin(std::vector<std::string> secrets)
{
    std::lock_guard const lock(mutex_);
    secrets_ = std::move(secrets);
    std::sort(secrets_.begin(), secrets_.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
    last_problem_.clear();
}

void client_log::write(int level, std::string_view facility, std::string_view line)
{
    auto const text = redacted(line).substr(0, line_bytes_max);  // a secret that is cut is no longer found
    if (level > syslog_warning || is_noise(facility)) {
        observe::debug(text, {{"librdkafka", facility}});
        return;
    }
    bool allowed = false;
    std::uint64_t suppressed = 0;
    {
        std::lock_guard const lock(mutex_);
        if (facility == "FAIL")
            last_problem_ = text;
        allowed = take_token();
        if (allowed)
            suppressed = std::exchange(suppressed_, 0);
    }
    if (allowed)
        observe::warn(text, {{"librdkafka", facility}, {"suppressed_before", suppressed}});
}

std::string client_log::last_problem() const
{
    std::lock_guard const lock(mutex_);
    return last_problem_;
}

std::string client_log::redacted(std::string_view text) const
{
    std::lock_guard const lock(mutex_);
    std::string clean(text);
    for (auto const& secret : secrets_)
        for (auto at = clean.find(secret); at != std::string::npos; at = clean.find(secret, at + hidden.size()))
            clean.replace(at, secret.size(), hidden);
    return clean;
}

bool client_log::take_token()
{
    auto const now = std::chrono::steady_clock::now();
    if (now - minute_began_ >= std::chrono::minutes(1)) {
        minute_began_ = now;
        lines_ = 0;
    }
    if (lines_ < lines_max) {
        ++lines_;
        return true;
    }
    ++suppressed_;
    return false;
}

}  // namespace bbstream::kafka
