#include "observe/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <map>

namespace bbstream::observe {

namespace {

std::map<std::string, std::string> owned(labels with)
{
    std::map<std::string, std::string> copies;
    for (auto const& [name, value] : with)
        copies.emplace(name, value);
    return copies;
}

// Registering a name again gives its family again, and so do labels within a family.
template <class Builder>
auto& family(Builder builder, std::string_view name, std::string_view help, prometheus::Registry& registry)
{
    return builder.Name(std::string(name)).Help(std::string(help)).Register(registry);
}

}  // namespace

void counter::add(double n) const
{
    to_->Increment(n);
}

void gauge::set(double value) const
{
    to_->Set(value);
}

void histogram::observe(double value) const
{
    to_->Observe(value);
}

struct metrics::state {
    prometheus::Registry registry;
};

metrics::metrics() : state_(std::make_unique<state>()) {}

metrics::~metrics() = default;

counter metrics::make_counter(std::string_view name, std::string_view help, labels with)
{
    return counter(family(prometheus::BuildCounter(), name, help, state_->registry).Add(owned(with)));
}

gauge metrics::make_gauge(std::string_view name, std::string_view help, labels with)
{
    return gauge(family(prometheus::BuildGauge(), name, help, state_->registry).Add(owned(with)));
}

histogram metrics::make_histogram(std::string_view name, std::string_view help, std::vector<double> const& bounds,
                                  labels with)
{
    return histogram(family(prometheus::BuildHistogram(), name, help, state_->registry).Add(owned(with), bounds));
}

std::string metrics::text() const
{
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace bbstream::observe
