#include "normalize/fold.hpp"

#include "normalize/record_fold.hpp"

namespace bbstream::normalize {

fold::fold(state::state& into) : impl_(std::make_unique<record_fold>(into)) {}

fold::~fold() = default;

std::span<event::event const> fold::apply(journal::record const& record)
{
    return impl_->apply(record);
}

bool fold::requests() const
{
    return impl_->requests();
}

fold_counts const& fold::counts() const
{
    return impl_->counts();
}

}  // namespace bbstream::normalize
