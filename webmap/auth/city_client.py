"""Talk to the city's sign-in by OpenID Connect: authorization code, PKCE, state and nonce."""

from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.flask_client import OAuth
from flask import Flask, request, session
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from cases.accounts.city import CityIdentity
from webmap.auth.city_errors import CityRefusedError, CitySilentError, CityUnprovenError
from webmap.city_settings import CitySettings

SIGNED_WITH = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"}
"""Signatures of a key that only the city has; never "none", never a shared secret."""

TIMEOUT_SECONDS = 10
LEEWAY_SECONDS = 60


class CityClient:
    """The way to the city's sign-in and back.

    Parameters
    ----------
    app
        Whose session keeps state, nonce and code verifier in between.
    """

    def __init__(self, app: Flask, settings: CitySettings) -> None:
        self._issuer = settings.issuer
        self._client: Any = OAuth(app).register(
            "city",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=settings.metadata_url,
            client_kwargs={
                "scope": "openid email",
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT_SECONDS,
            },
        )

    def leave(self, back: str) -> Response:
        """Return the way to the city's sign-in, which sends its answer to an address of ours.

        Raises
        ------
        CitySilentError
            It cannot be reached, or names itself otherwise than it was told to us.
        """
        for key in [key for key in session if key.startswith("_state_city_")]:
            session.pop(key)  # one way at a time, or the cookie would outgrow the browser's limit
        try:
            self._require_metadata()
            there: Response = self._client.authorize_redirect(back)
        except (requests.RequestException, ValueError, KeyError, RuntimeError) as error:
            raise CitySilentError(str(error)) from error
        return there

    def come_back(self) -> CityIdentity:
        """Return who the city says somebody is, once everything that it said is proved.

        Raises
        ------
        CitySilentError, CityRefusedError, CityUnprovenError
            As each says.
        """
        try:
            self._require_metadata()
            self._require_from_issuer()
            return self._identity()
        except (MismatchingStateError, JoseError) as error:
            raise CityUnprovenError(str(error)) from error
        except AuthlibBaseError as error:
            raise CityRefusedError(str(error)) from error
        except (requests.RequestException, ValueError, KeyError, RuntimeError) as error:
            raise CitySilentError(str(error)) from error

    def _identity(self) -> CityIdentity:
        token = self._client.authorize_access_token(
            leeway=LEEWAY_SECONDS,
            claims_options={
                "iss": {"essential": True, "value": self._issuer},
                "aud": {"essential": True, "value": self._client.client_id},
            },
        )
        if "userinfo" not in token:
            msg = "the answer holds no ID token"
            raise CityUnprovenError(msg)
        said = dict(token["userinfo"])
        if "email" not in said and "userinfo_endpoint" in self._client.server_metadata:
            more = self._client.userinfo(token=token)
            if more.get("sub") != said["sub"]:  # OpenID Connect Core 1.0, 5.3.2
                msg = "the city tells of somebody else than it signed in"
                raise CityUnprovenError(msg)
            said = {**more, **said}
        return CityIdentity(
            issuer=self._issuer,
            subject=str(said["sub"]),
            email=str(said["email"]) if said.get("email") else None,
            email_verified=said.get("email_verified") in (True, "true"),
        )

    def _require_metadata(self) -> None:
        """Read what the issuer says of itself, once: it must be who we were told to ask."""
        metadata = self._client.load_server_metadata()
        if metadata.get("issuer") != self._issuer:
            said = metadata.get("issuer")
            metadata.pop("_loaded_at", None)  # so that it is asked again next time
            msg = f"the issuer calls itself {said!r}, not {self._issuer!r}"
            raise ValueError(msg)
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = sorted(SIGNED_WITH & {*offered})

    def _require_from_issuer(self) -> None:
        """Refuse an answer that another issuer was made to send (RFC 9207)."""
        said = request.args.get("iss")
        promised = self._client.server_metadata.get(
            "authorization_response_iss_parameter_supported"
        )
        if said != self._issuer and (promised or said is not None):
            msg = f"the answer is from {said!r}"
            raise CityUnprovenError(msg)
