"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from kongthun.audit.actions import record_deed
from kongthun.web.public import public

from .cast import CAST, DEMO_PASSWORD
from .forms import SignInForm


class _SignIn(LoginView):
    template_name = "web/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["cast"] = CAST
            context["demo_password"] = DEMO_PASSWORD
        return context

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        record_deed("sign_in", user_id=form.get_user().pk)
        return response


sign_in = public(_SignIn.as_view())


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; nothing of it stays in the browser."""
    if request.user.is_authenticated:
        record_deed("sign_out", user_id=request.user.pk)
    logout(request)
    response = redirect("accounts:sign_in")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
